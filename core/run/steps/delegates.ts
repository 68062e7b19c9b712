import { allSteps } from '../../playbook/plannedStep.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { foreseeAll, type PlanOfSteps } from './foresee.ts';
import { foreseeSteps } from './foreseeSteps.ts';
import { textFrom } from './scope.ts';

/** The nodes that steps are delegated to from any target, each once; or why that can not be told. */
export function delegatesOf(
  plan: PlanOfSteps,
): { readonly nodes: readonly string[] } | { readonly message: string } {
  const loaded = loadedOf(plan.action);
  const delegates = loaded ? [...allSteps(loaded)].some(({ delegate }) => delegate !== undefined) : false;
  if (!loaded || !delegates) return { nodes: [] };
  const found = new Set<string>();
  for (const node of foreseeAll(plan, loaded)) {
    for (const { step, scope, runs } of foreseeSteps(loaded, node)) {
      if (runs === 'no') continue;
      if (step.delegate === undefined) continue;
      const name = textFrom(step.delegate, scope);
      if ('message' in name)
        return {
          message: `${step.path}: the node that does it has to be known before the run. ${name.message}`,
        };
      found.add(name.value);
    }
  }
  return { nodes: [...found] };
}
