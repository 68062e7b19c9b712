import assert from 'node:assert/strict';
import { validate } from '../../server/service/validate.ts';
import { inventoryOf } from './cursor.ts';

describe('diagnostics', () => {
  it('are the problems of the parser, with codes and ranges from 0', () => {
    assert.deepEqual(validate(inventoryOf('nodes:\n  a: { hsot: x }\ngroups:\n  a:\n')), [
      {
        range: { start: { line: 1, character: 7 }, end: { line: 1, character: 11 } },
        severity: 1,
        code: 'schema/unknown-key',
        source: 'muster',
        message: 'Unknown key "hsot". Did you mean "host"?',
      },
      {
        range: { start: { line: 3, character: 2 }, end: { line: 3, character: 3 } },
        severity: 2,
        code: 'inventory/ambiguous-name',
        source: 'muster',
        message: '"a" is a node and a group. Rename one; until then selections must say node:a or group:a.',
      },
    ]);
  });

  it('are none for a clean file', () => {
    assert.deepEqual(validate(inventoryOf('nodes:\n  a:\n')), []);
  });

  it('stop at a thousand', () => {
    const text = Array.from({ length: 1500 }, (_none, at) => `x${at}: 1\n`).join('');
    assert.equal(validate(inventoryOf(text)).length, 1000);
  });
});
