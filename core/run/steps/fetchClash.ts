import { allSteps } from '../../playbook/plannedStep.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { foreseeAll, type PlanOfSteps } from './foresee.ts';
import { foreseeSteps } from './foreseeSteps.ts';
import { textsOf } from './files.ts';
import { textFrom } from './scope.ts';

/**
 * Why a step would fetch a file into the place of one that it has fetched of the same node before, for another set of
 * parameters or another item of its loop. Undefined where it would not, or nobody knows before it runs.
 */
export function fetchClash(plan: PlanOfSteps): string | undefined {
  const loaded = loadedOf(plan.action);
  if (!loaded || ![...allSteps(loaded)].some(({ does }) => does.type === 'fetch')) return undefined;
  const taken = new Set<string>();
  for (const node of foreseeAll(plan, loaded)) {
    for (const { step, scope, runs } of foreseeSteps(loaded, node)) {
      const { does } = step;
      if (does.type !== 'fetch' || does.overwrite || runs !== 'yes') continue;
      const [to, from] = [textFrom(does.to, scope), textsOf(does.from, scope)];
      if ('message' in to || 'message' in from) continue;
      for (const path of from.value) {
        const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
        const place = JSON.stringify([node.context.target.node, step.path, to.value, name]);
        if (taken.has(place))
          return messageOf({ step: step.path, to: to.value, name, isSet: plan.items !== undefined });
        taken.add(place);
      }
    }
  }
  return undefined;
}

type Clash = { readonly step: string; readonly to: string; readonly name: string; readonly isSet: boolean };

function messageOf({ step, to, name, isSet }: Clash): string {
  const each = isSet ? 'each set of parameters' : 'each item of its loop';
  const own = `${to.replace(/\/+$/, '')}/{{ ${isSet ? 'params.NAME' : 'item'} }}`;
  return `Step ${step} fetches ${name} of a node into the same place for ${each}. Give each a folder, as in to: '${own}', or write overwrite: true to keep the last.`;
}
