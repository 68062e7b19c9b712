import assert from 'node:assert/strict';
import { completion } from '../../server/service/completion/completion.ts';
import { hover } from '../../server/service/hover/hover.ts';
import { documentOf, inventoryOf, validate } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';

describe('diagnostics', () => {
  it('are the problems of the parser, with codes and ranges from 0', () => {
    const found = validate(inventoryOf('nodes:\n  a: { hsot: x }\ngroups:\n  a:\n'));
    assert.deepEqual(
      found.map(({ data: _data, ...diagnostic }) => diagnostic),
      [
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
      ],
    );
  });

  it('are none for a clean file', () => {
    assert.deepEqual(validate(inventoryOf('nodes:\n  a:\n')), []);
  });

  it('stop at a thousand', () => {
    const text = Array.from({ length: 1500 }, (_none, at) => `x${at}: 1\n`).join('');
    assert.equal(validate(inventoryOf(text)).length, 1000);
  });
});

describe('a policy file in the editor', () => {
  const policyOf = (text: string) => documentOf(text, 'muster-policy');

  it('has the problems that the engine would deny everything for', () => {
    const text =
      "rules:\n- decision: denied\n- { decision: deny, targets: 'a &' }\n- { decision: deny, command: '(a)\\1' }\n";
    const found = validate(policyOf(text)).map(({ range, message }) => [range.start.line, message]);
    assert.deepEqual(
      found.map(([line]) => line),
      [1, 2, 3],
    );
    assert.match(JSON.stringify(found), /deny/);
  });

  it('is completed and explained by its schema', () => {
    const { items } = completion(
      policyOf('rules:\n- decision: \n'),
      { line: 1, character: 12 },
      emptyWorkspace,
    );
    assert.deepEqual(
      items.map(({ label }) => label),
      ['allow', 'confirm', 'typed-confirm', 'deny'],
    );
    assert.match(
      JSON.stringify(hover(policyOf('typedAbove: 5\n'), { line: 0, character: 3 }, emptyWorkspace)),
      /--expect-count/,
    );
  });
});
