import type { ExecutionState } from '../executionState.ts';
import { isLive } from '../executionState.ts';
import type { StepState } from '../stepState.ts';

/** What an execution said in one step: where its output is, in bytes of both streams, and how the step ended. */
export type StepAnswer = Pick<ExecutionState, 'outcome' | 'exitCode'> & {
  readonly from: number;
  readonly until: number;
};

/** Undefined while the step may say something yet. A step that never was, or whose place is not known, said nothing. */
export function stepAnswerOf(execution: ExecutionState, step: string): StepAnswer | undefined {
  if (!isStepOver(execution, step)) return undefined;
  const own = statesOf(execution, step);
  const [first] = own;
  const last = own.at(-1);
  // What was left out lies at a place that is not known, and moves all that comes after it.
  if (!first || !last || execution.leftOut !== undefined) return { exitCode: null, from: 0, until: 0 };
  const { stdoutBytes, stderrBytes } = execution;
  return { ...endOf(execution, last), from: first.from, until: last.until ?? stdoutBytes + stderrBytes };
}

/** Whether all is known that an execution will say in a step: it has ended, or is at a later one. */
export function isStepOver({ steps = [], status }: ExecutionState, step: string): boolean {
  if (!isLive(status)) return true;
  const at = steps.findLastIndex((each) => each.step === step);
  const own = steps.filter((each) => each.step === step);
  return at >= 0 && at < steps.length - 1 && own.every((each) => each.status !== 'running');
}

function statesOf({ steps = [] }: ExecutionState, step: string): readonly StepState[] {
  return steps.filter((each) => each.step === step);
}

function endOf(
  { outcome }: ExecutionState,
  { status, step, message, exitCode }: StepState,
): Pick<ExecutionState, 'outcome' | 'exitCode'> {
  switch (status) {
    case 'ok':
      return { outcome: { status }, exitCode };
    case 'failed':
      return { outcome: { status, step, message }, exitCode };
    case 'skipped':
      return { outcome: { status, reason: message }, exitCode: null };
    case 'running':
      return { ...(outcome && { outcome }), exitCode: null };
  }
}
