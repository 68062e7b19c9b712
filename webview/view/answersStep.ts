import { differingStep } from '../../core/run/gather/differingStep.ts';
import type { BatchState } from '../../core/run/state.ts';
import { remembered } from '../../core/util/remembered.ts';
import { stepColumns } from './stepColumns.ts';
import type { View } from './view.ts';

/** What `View.step` has where all output is compared. */
export const allOutput = 'all';

/**
 * The step whose answers are compared, undefined for all output: what a person chose, else, once a playbook has ended,
 * the step with the most different answers.
 */
export function answersStep(state: BatchState, { step }: Pick<View, 'step'>): string | undefined {
  if (step === allOutput || state.plan.action.type !== 'playbook') return undefined;
  const columns = stepColumns(state);
  if (columns.length < 2) return undefined;
  const chosen = columns.find((each) => each.step === step);
  if (chosen) return chosen.step;
  return state.status === 'running' ? undefined : usual(state);
}

/** States never change, so each is looked at once. */
const usual = remembered((state: BatchState) =>
  differingStep(
    state.executions,
    stepColumns(state).map(({ step }) => step),
  ),
);
