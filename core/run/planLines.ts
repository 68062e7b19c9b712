import type { PlanPreview } from '../protocol/start.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import { actionFacts, actionTitle } from './actionText.ts';
import { plural } from './format.ts';
import { originText } from './fromOrigin.ts';
import { commandsOf } from './itemAction.ts';
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
    ...itemLines(plan),
    ...(plan.request.origin ? [`Again on ${originText(plan.request.origin)}`] : []),
    `${orderText(plan.strategy)}, stopped after ${seconds} s`,
    ...stepLines(plan),
    ...[...notes, ...warnings].map((note) => `Note: ${note}`),
    ...(denied === undefined ? [] : [`Denied: ${denied}`]),
  ];
}

/** The sets of parameters, and what a command is with each of them. */
function itemLines(plan: Plan): readonly string[] {
  if (!plan.items) return [];
  const names = new Set(plan.executions.flatMap(({ item }) => item?.name ?? []));
  const commands = commandsOf(plan);
  const each = 'value' in commands ? commands.value.map((text) => `  ${text}`) : [];
  return [`With ${plural(plan.items.length, 'set')} of parameters: ${[...names].join('; ')}`, ...each];
}

/** What each step would do and where. */
function stepLines(plan: Plan): readonly string[] {
  return previewSteps(plan).flatMap(({ step, groups }) => [
    `${step}:`,
    ...groups.map(({ text, nodes }) => {
      const where = nodes.length === plan.executions.length ? '' : `  [${foldForDisplay(nodes)}]`;
      return `  ${text.split('\n').join(' ⏎ ')}${where}`;
    }),
  ]);
}
