import type { BatchSummary } from '../../core/protocol/batch.ts';
import { actionTitle } from '../../core/run/actionText.ts';
import type { BatchState } from '../../core/run/state.ts';

/** Batches that are looked at, the newest of those that are alike. */
const most = 5;

/**
 * Milliseconds that a batch usually takes: the median of the newest that did the same on half to twice as many nodes.
 * Undefined where there is none.
 */
export function usualTime(
  { id, plan, executions }: Pick<BatchState, 'id' | 'plan' | 'executions'>,
  newest: readonly BatchSummary[],
): number | undefined {
  const title = actionTitle(plan.action);
  const isAlike = (each: BatchSummary): boolean =>
    each.id !== id &&
    each.title === title &&
    each.kind === plan.action.type &&
    (each.status === 'succeeded' || each.status === 'partial') &&
    each.nodes * 2 >= executions.length &&
    each.nodes <= executions.length * 2;
  const times = newest
    .filter(isAlike)
    .slice(0, most)
    .flatMap(({ startedAt, endedAt }) => (endedAt === undefined ? [] : [endedAt - startedAt]))
    .toSorted((a, b) => a - b);
  return times[Math.floor((times.length - 1) / 2)];
}
