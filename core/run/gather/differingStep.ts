import type { ExecutionState } from '../executionState.ts';
import type { StepState } from '../stepState.ts';
import { createMask, type Mask, noMask, ownOf } from './masks.ts';

/**
 * Which of some steps of a playbook has the most different answers, told from how it ended on each node and what it last
 * said where it failed, so that no output has to be read: the step at which most nodes ended otherwise than the largest
 * group of those that came to it. Of two that are equal in this, that at which more nodes failed; then the earlier. Where
 * all that came to a step ended alike it is none, unless they failed there.
 */
export function differingStep(
  executions: readonly ExecutionState[],
  steps: readonly string[],
): string | undefined {
  const answers = new Map(steps.map((step): [string, Answers] => [step, { groups: new Map(), failed: 0 }]));
  for (const execution of executions) {
    const mask = maskOf(execution);
    for (const [step, own] of Map.groupBy(execution.steps ?? [], ({ step }) => step)) {
      const found = answers.get(step);
      if (!found || own.every(({ status }) => status === 'skipped')) continue;
      const key = own.map((each) => answerOf(each, mask)).join('\0');
      found.groups.set(key, (found.groups.get(key) ?? 0) + 1);
      if (own.some(isFailure)) found.failed += 1;
    }
  }
  const [first] = [...answers]
    .map(([step, { groups, failed }]) => ({ step, failed, different: outsideLargest([...groups.values()]) }))
    .toSorted((a, b) => b.different - a.different || b.failed - a.failed);
  return first && first.different + first.failed > 0 ? first.step : undefined;
}

/** How often each answer came, and from how many nodes it was a failure. */
type Answers = { readonly groups: Map<string, number>; failed: number };

function outsideLargest(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) - Math.max(0, ...counts);
}

/** Masks are dear, and only what failed is compared by its words. */
function maskOf(execution: ExecutionState): Mask {
  return execution.steps?.some(({ status }) => status === 'failed') ? createMask(ownOf(execution)) : noMask;
}

function answerOf({ status, exitCode, message, lastLine = '', from, until }: StepState, mask: Mask): string {
  if (status === 'failed') return ['failed', exitCode, mask(message), mask(lastLine)].join(' ');
  return [status, exitCode, until !== undefined && until > from ? 'spoke' : 'silent'].join(' ');
}

function isFailure({ status, ignored, rescued }: StepState): boolean {
  return status === 'failed' && ignored !== true && rescued !== true;
}
