import { allSteps, type PlannedStep } from '../../playbook/plannedStep.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { foreseeAll, type PlanOfSteps } from './foresee.ts';
import { foreseeSteps } from './foreseeSteps.ts';

/** A step of a plan that may ask a person; undefined where none will, whatever is known only when it runs. */
export function pauseIn(plan: PlanOfSteps): PlannedStep | undefined {
  const loaded = loadedOf(plan.action);
  if (!loaded || loaded.isDryRun || ![...allSteps(loaded)].some(isPause)) return undefined;
  for (const node of foreseeAll(plan, loaded)) {
    const found = foreseeSteps(loaded, node).find(({ step, runs }) => isPause(step) && runs !== 'no');
    if (found) return found.step;
  }
  return undefined;
}

function isPause({ does }: PlannedStep): boolean {
  return does.type === 'pause';
}
