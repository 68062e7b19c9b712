import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Action } from '../../core/run/action.ts';
import { stdinFor } from '../../engine/stdin.ts';

const content = Buffer.from('line\n');
const sha256 = createHash('sha256').update(content).digest('hex');
const base64 = content.toString('base64');
const plain: Action = { type: 'command', command: 'cat' };
const reading: Action = { ...plain, stdin: { bytes: content.length, sha256 } };

describe('stdin beside a plan', () => {
  it('is taken when it is what the plan names', () => {
    assert.deepEqual(stdinFor(reading, base64), { ok: true, value: content });
    assert.deepEqual(stdinFor(plain, undefined), { ok: true, value: undefined });
  });

  const refused: Record<string, [Action, string | undefined, RegExp]> = {
    'other bytes of the same length': [
      reading,
      Buffer.from('enil\n').toString('base64'),
      /not what the plan/,
    ],
    'missing bytes': [reading, undefined, /did not come/],
    'bytes that the plan does not have': [plain, base64, /nothing on stdin/],
  };
  for (const [what, [action, given, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const result = stdinFor(action, given);
      assert.ok(!result.ok);
      assert.match(result.error.message, message);
    });
  }
});
