import * as z from 'zod';

/** Codes of errors that a person or a program can act on; part of the machine-readable interface. */
export const ErrorCode = z.enum([
  'USAGE',
  'SELECTION_SYNTAX',
  'SELECTION_UNKNOWN',
  'SELECTION_EMPTY',
  'TOO_MANY_TARGETS',
  'QUEUE_FULL',
  'INPUT_INVALID',
  'INPUT_MISSING',
  'PLAN_STALE',
  'DENIED',
  'UNTRUSTED',
  'NOT_FOUND',
  'FILE_EXISTS',
  'FILE_UNWRITABLE',
  'HISTORY_UNWRITABLE',
  'ENGINE_GONE',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** An expected refusal, before a batch exists. `message` is for people and says the next step. */
export const Refusal = z.object({
  code: ErrorCode,
  message: z.string(),
  /** Plain JSON for programs: the names, counts or problems that the message speaks of. */
  details: z.unknown().optional(),
  /** Words of a command that the message has, `"muster WORDS"`: the command line completes it with the options that it was given. */
  command: z.array(z.string()).readonly().optional(),
});
export type Refusal = z.infer<typeof Refusal>;

/** A value, or why there is none. Expected failure is data; exceptions are bugs. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export function refuse(code: ErrorCode, message: string, command?: Refusal['command']): Result<never> {
  return { ok: false, error: { code, message, ...(command && { command }) } };
}

/**
 * The message of anything that was thrown. Of what the system refused, only the reason: which file it was is for the
 * sentence around it to say, and may be one that only we know.
 */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('syscall' in error)) return error.message;
  return /^E[A-Z0-9]+: (.+?), \w+(?: '.*)?$/s.exec(error.message)?.[1] ?? error.message;
}
