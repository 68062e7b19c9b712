import type { PlanPreview } from '../protocol/start.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import { actionFacts, actionTitle } from './actionText.ts';
import { plural } from './format.ts';
import { originText } from './fromOrigin.ts';
import type { Plan } from './plan.ts';
import { previewSteps } from './steps/preview.ts';
import { orderText } from './waveText.ts';

/** A plan for people, a line for each thing: what, where, how, each step, and what speaks against it. */
export function planLines({ plan, notes, warnings, denied }: PlanPreview): readonly string[] {
  const nodes = plan.targets.map(({ node }) => node);
  const seconds = plan.limits.timeoutMs / 1000;
  return [
    [actionTitle(plan.action), ...actionFacts(plan.action)].join(', '),
    `On ${plural(nodes.length, 'node')}: ${foldForDisplay(nodes)}`,
    ...(plan.request.origin ? [`Again on ${originText(plan.request.origin)}`] : []),
    `${orderText(plan.strategy)}, stopped after ${seconds} s`,
    ...stepLines(plan),
    ...[...notes, ...warnings].map((note) => `Note: ${note}`),
    ...(denied === undefined ? [] : [`Denied: ${denied}`]),
  ];
}

/** What each step would do and where. */
function stepLines(plan: Plan): readonly string[] {
  return previewSteps(plan).flatMap(({ step, groups }) => [
    `${step}:`,
    ...groups.map(({ text, nodes }) => {
      const where = nodes.length === plan.targets.length ? '' : `  [${foldForDisplay(nodes)}]`;
      return `  ${text.split('\n').join(' ⏎ ')}${where}`;
    }),
  ]);
}
