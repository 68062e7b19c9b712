import type { PlanPreview } from '../protocol/start.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import type { BlastRadius } from './blastRadius.ts';
import { actionFacts, actionTitle } from './actionText.ts';
import { plural } from './format.ts';
import { originText } from './fromOrigin.ts';
import { commandsOf } from './itemAction.ts';
import type { Plan } from './plan.ts';
import { previewLines } from './steps/previewLines.ts';
import { orderText } from './waveText.ts';

/** A plan for people, a line for each thing: what, where, how, each step in at most so many lines, and what speaks against it. */
export function planLines(
  { plan, notes, warnings, blast, denied }: PlanPreview,
  mostOfStep = Infinity,
): readonly string[] {
  const nodes = plan.targets.map(({ node }) => node);
  const seconds = plan.limits.timeoutMs / 1000;
  return [
    [actionTitle(plan.action), ...actionFacts(plan.action)].join(', '),
    `On ${plural(nodes.length, 'node')}: ${foldForDisplay(nodes)}`,
    ...itemLines(plan),
    ...(plan.request.origin ? [`Again on ${originText(plan.request.origin)}`] : []),
    `${orderText(plan.strategy)}, stopped after ${seconds} s`,
    ...blastLines(blast),
    ...previewLines(plan, mostOfStep),
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

/** Most groups that are told of: those of which the most is under way at once. */
const mostGroups = 6;

/** The share of each group at once, and the nodes that are protected. */
function blastLines({ groups, protected: names }: BlastRadius): readonly string[] {
  const shares = groups.slice(0, mostGroups).map(({ name, of, atOnce }) => {
    const percent = Math.round((atOnce / of) * 100);
    return `@${name} ${atOnce} of ${of} (${percent}%)`;
  });
  const more = groups.length - shares.length;
  const rest = more > 0 ? ` and ${plural(more, 'group')} more` : '';
  return [
    ...(shares.length === 0 ? [] : [`At once at most: ${shares.join(', ')}${rest}`]),
    ...(names.length === 0 ? [] : [`Protected: ${foldForDisplay(names)}`]),
  ];
}
