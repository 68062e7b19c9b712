import { manyNodes } from '../../core/policy/reasons.ts';
import { type Plan, warnAbove } from '../../core/run/plan.ts';
import { actionFacts, actionTitle } from '../../core/run/action.ts';
import { plural } from '../../core/run/format.ts';
import { orderText } from '../../core/run/waveText.ts';
import { foldWithin } from './foldWithin.ts';
import { shortTitle } from './titles.ts';

const foldedAtMost = 80;
const commandLength = 60;

/** `Run on 12 nodes: web[03,07-12] db01`. */
export function previewTitle(nodes: readonly string[]): string {
  if (nodes.length === 0) return 'No node selected.';
  return `Run on ${plural(nodes.length, 'node')}: ${foldWithin(nodes, foldedAtMost)}`;
}

/** The facts under the title: what runs, how, and that it is more than usual. */
export function previewFacts(
  plan: Plan,
  context: { warnAbove: number; warnings: readonly string[]; silent: readonly string[] },
): string {
  const count = plan.executions.length;
  const how = orderText(plan.strategy);
  return [
    `${[shortTitle(actionTitle(plan.action), commandLength), ...actionFacts(plan.action), ...(count > 1 ? [how] : [])].join(' · ')}.`,
    ...(count > context.warnAbove ? [manyNodes(count, context.warnAbove)] : []),
    // The engine counts with the default limit; this window has its own.
    ...context.warnings.filter((warning) => warning !== manyNodes(count, warnAbove)),
    ...(context.silent.length > 0 ? [`No answer from ${foldWithin(context.silent, foldedAtMost)}.`] : []),
    'Enter runs, untick to leave out.',
  ].join(' ');
}
