import type { ExecutionState } from '../run/executionState.ts';
import type { StepState } from '../run/stepState.ts';
import type { OutputPiece } from './output.ts';

/** A step that comes next, or a piece of what was said in the step before it. */
export type OfStep =
  | { readonly type: 'step'; readonly step: StepState; readonly at: number }
  | { readonly type: 'output'; readonly piece: OutputPiece };

/**
 * The steps of an execution, each before what was said in it; of a step that is tried again, in all attempts. Where a part
 * of the output is not kept, all steps come first: then nobody can tell which said what.
 */
export async function* bySteps(
  execution: Pick<ExecutionState, 'steps' | 'leftOut'>,
  pieces: AsyncIterable<OutputPiece>,
): AsyncGenerator<OfStep> {
  const { steps = [], leftOut = 0 } = execution;
  let at = 0;
  let position = 0;
  let end = 0;
  function* reach(): Generator<OfStep> {
    for (let step = steps[at]; step && position >= end; step = steps[at]) {
      yield { type: 'step', step, at };
      if (leftOut === 0 && !hasInner(step, steps)) end = Math.max(end, step.until ?? Infinity);
      at++;
    }
  }
  for await (const { stream, bytes } of pieces) {
    for (let rest = bytes; rest.length > 0;) {
      yield* reach();
      const part = position < end ? rest.subarray(0, end - position) : rest;
      yield { type: 'output', piece: { stream, bytes: part } };
      position += part.length;
      rest = rest.subarray(part.length);
    }
  }
  end = 0;
  yield* reach();
}

/** Whether what a step says is said by steps inside of it. */
export function hasInner({ step }: StepState, steps: readonly StepState[]): boolean {
  return steps.some((other) => other.step.startsWith(`${step}/`));
}
