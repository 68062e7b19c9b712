import type { BatchState } from '../../core/run/state.ts';
import { failedStep } from '../../core/run/stepState.ts';
import { stepColumns } from './stepColumns.ts';
import type { View } from './view.ts';

/** What `View.step` has where all output is compared. */
export const allOutput = 'all';

/**
 * The step whose answers are compared, undefined for all output: what a person chose, else, once a playbook has ended,
 * the step at which most nodes failed.
 */
export function answersStep(state: BatchState, { step }: Pick<View, 'step'>): string | undefined {
  if (step === allOutput || state.plan.action.type !== 'playbook') return undefined;
  const columns = stepColumns(state);
  if (columns.length < 2) return undefined;
  const chosen = columns.find((each) => each.step === step);
  if (chosen) return chosen.step;
  return state.status === 'running' ? undefined : mostFailed(state, columns);
}

function mostFailed(state: BatchState, columns: readonly { readonly step: string }[]): string | undefined {
  const counts = new Map<string, number>();
  for (const execution of state.executions) {
    const at = failedStep(execution)?.step;
    if (at === undefined) continue;
    const column = columns.find(({ step }) => at === step || at.startsWith(`${step}/`));
    if (column) counts.set(column.step, (counts.get(column.step) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
