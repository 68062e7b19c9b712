import { actionFacts, actionTitle } from '../../core/run/actionText.ts';
import { manyNodes } from '../../core/policy/reasons.ts';
import type { PlanPreview } from '../../core/protocol/start.ts';
import { type Plan, warnAbove } from '../../core/run/plan.ts';
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

/** What runs, in the input box: short, as its end is cut off beside the count of what is selected. */
export function previewFacts({ action }: Pick<Plan, 'action'>): string {
  const what = [shortTitle(actionTitle(action), commandLength), ...actionFacts(action)].join(' · ');
  return `${what}. Enter runs, untick to leave out.`;
}

/** What a person weighs before the start: what is left out or changed, how many nodes there are, what rules say. */
export function previewWarnings(
  { plan, notes, warnings }: Pick<PlanPreview, 'plan' | 'notes' | 'warnings'>,
  above: number,
): readonly string[] {
  const count = plan.executions.length;
  return [
    ...(count > above ? [manyNodes(count, above)] : []),
    ...notes,
    // The engine counts with the default limit; this window has its own.
    ...warnings.filter((warning) => warning !== manyNodes(count, warnAbove)),
  ];
}

/** How it runs and why, and what speaks against it, on a line of its own above the nodes. */
export function previewReasons(
  { executions, strategy }: Plan,
  context: { warnAbove: number; warnings: readonly string[]; silent: readonly string[] },
): string {
  const count = executions.length;
  return [
    ...(count > 1 ? [`${orderText(strategy)}.`] : []),
    ...(count > context.warnAbove ? [manyNodes(count, context.warnAbove)] : []),
    // The engine counts with the default limit; this window has its own.
    ...context.warnings.filter((warning) => warning !== manyNodes(count, warnAbove)),
    ...(context.silent.length > 0 ? [`No answer from ${foldWithin(context.silent, foldedAtMost)}.`] : []),
  ].join(' ');
}
