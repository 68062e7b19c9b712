import { createHash } from 'node:crypto';
import { processOf } from '../core/run/actionText.ts';
import type { Action } from '../core/run/action.ts';
import { refuse, type Result } from '../core/util/errors.ts';

/** The bytes that came beside a plan, if they are those that it names; refused otherwise. */
export function stdinFor(action: Action, base64: string | undefined): Result<Uint8Array | undefined> {
  const stdin = processOf(action)?.stdin;
  if (!stdin)
    return base64
      ? refuse('INPUT_INVALID', 'The plan has nothing on stdin, but something came with it.')
      : none;
  const bytes = Buffer.from(base64 ?? '', 'base64');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length === stdin.bytes && sha256 === stdin.sha256) return { ok: true, value: bytes };
  return refuse(
    'INPUT_INVALID',
    bytes.length === 0
      ? `The plan has ${stdin.bytes} bytes on stdin, and they did not come with it. Give them again.`
      : 'What came for stdin is not what the plan was made for. Make the plan again.',
  );
}

const none: Result<undefined> = { ok: true, value: undefined };
