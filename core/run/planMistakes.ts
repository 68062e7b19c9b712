import type { StepPlaces } from '../playbook/compiling.ts';
import { allSteps } from '../playbook/plannedStep.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import type { Problem } from '../util/problem.ts';
import { plural } from './format.ts';
import { loadedOf } from './loadedPlaybook.ts';
import type { Plan } from './plan.ts';
import type { PlanOfSteps } from './steps/foresee.ts';
import { templateCheck } from './steps/templateMistake.ts';
import { type StepCheck, type StepMistake, stepMistakes } from './steps/stepMistakes.ts';

/** More than these are not told one by one. */
const mostTold = 20;

/**
 * What of the steps of a plan is wrong before they run: errors where nodes fail by it whatever comes of other steps,
 * warnings where that depends on them.
 */
export function planMistakes(
  plan: PlanOfSteps,
  places: StepPlaces | undefined,
  check?: StepCheck,
): readonly Problem[] {
  const count = plan.executions.length;
  const problems = stepMistakes(plan, check).map((mistake) => problemOf(mistake, { places, count }));
  return (['error', 'warning'] as const).flatMap((severity) => {
    const found = problems.filter((problem) => problem.severity === severity);
    const more = found.length - mostTold;
    const rest: Problem = { code, severity, message: `There are ${plural(more, 'mistake')} more.` };
    return more > 0 ? [...found.slice(0, mostTold), rest] : found;
  });
}

/** The same of the files of a plan that its steps fill in. */
export function templateMistakes(
  plan: PlanOfSteps & Pick<Plan, 'files'>,
  places: StepPlaces | undefined,
): readonly Problem[] {
  const loaded = loadedOf(plan.action);
  const hasTemplates = loaded ? [...allSteps(loaded)].some(({ does }) => does.type === 'template') : false;
  return plan.files && hasTemplates ? planMistakes(plan, places, templateCheck(plan.files)) : [];
}

const code = 'playbook/fails';

type Around = { readonly places: StepPlaces | undefined; readonly count: number };

function problemOf(
  { step, name, message, nodes, isCertain }: StepMistake,
  { places, count }: Around,
): Problem {
  const what = step === undefined ? 'Nothing' : `Step ${step}${name === undefined ? '' : ` (${name})`}`;
  const on = nodes.length === count ? '' : ` on ${nodes.length} of ${count} nodes: ${foldForDisplay(nodes)}`;
  const how = step === undefined ? 'can run' : isCertain ? 'can not run' : 'would fail where it runs';
  return {
    code,
    severity: isCertain ? 'error' : 'warning',
    message: `${what} ${how}${on}. ${message}`,
    ...(step !== undefined && places?.get(step)),
  };
}
