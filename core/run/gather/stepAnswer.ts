import type { ExecutionState } from '../executionState.ts';
import { isLive } from '../executionState.ts';
import type { StepState } from '../stepState.ts';

/** What an execution said in one step: where its output is, in bytes of both streams, and how the step ended. */
export type StepAnswer = Pick<ExecutionState, 'outcome' | 'exitCode'> & {
  readonly from: number;
  readonly until: number;
};

/** A part of an output, in bytes of both streams as they came; `until` is missing while more may come. */
export type ByteRange = { readonly from: number; readonly until?: number };

/** Where the output of a step is; undefined where nobody knows, and all of the output has to stand for it. */
export function stepRange(execution: ExecutionState, step: string): ByteRange | undefined {
  // What was left out lies at a place that is not known, and moves all that comes after it.
  if (execution.leftOut !== undefined) return undefined;
  const own = statesOf(execution, step);
  const [first] = own;
  const last = own.at(-1);
  if (!first || !last) return undefined;
  return { from: first.from, ...(last.until !== undefined && { until: last.until }) };
}

/** Undefined while the step may say something yet. A step that never was, or whose place is not known, said nothing. */
export function stepAnswerOf(execution: ExecutionState, step: string): StepAnswer | undefined {
  if (!isStepOver(execution, step)) return undefined;
  const range = stepRange(execution, step);
  const last = statesOf(execution, step).at(-1);
  if (!range || !last) return { exitCode: null, from: 0, until: 0 };
  const { stdoutBytes, stderrBytes } = execution;
  return { ...endOf(execution, last), from: range.from, until: range.until ?? stdoutBytes + stderrBytes };
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
