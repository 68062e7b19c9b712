import type { ErrorCode, Result } from './errors.ts';
import { errorsIn, formatProblem, type Problem } from './problem.ts';

/** A refusal for what is wrong in texts that people wrote: a line for each error. */
export function refuseProblems(code: ErrorCode, problems: readonly Problem[]): Result<never> {
  const errors = errorsIn(problems);
  return { ok: false, error: { code, message: errors.map(formatProblem).join('\n'), details: errors } };
}
