import { actionFacts, actionTitle } from '../../core/run/actionText.ts';
import type { Action } from '../../core/run/action.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import { manyNodes } from '../../core/policy/reasons.ts';
import type { PlanPreview } from '../../core/protocol/start.ts';
import { type Plan, warnAbove } from '../../core/run/plan.ts';
import { plural } from '../../core/run/format.ts';
import { orderText } from '../../core/run/waveText.ts';
import { foldWithin } from './foldWithin.ts';
import { shortTitle } from './titles.ts';

const foldedAtMost = 80;
const commandLength = 120;
const stepsAtMost = 8;

/** `Run on 12 nodes: web[03,07-12] db01`. */
export function previewTitle(nodes: readonly string[]): string {
  if (nodes.length === 0) return 'No node selected.';
  return `Run on ${plural(nodes.length, 'node')}: ${foldWithin(nodes, foldedAtMost)}`;
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

/** What runs and how, then what speaks against it, in one line: `uname -r · parallel, 10 at once · db01 is protected.` */
export function previewPrompt(
  { action, executions, strategy }: Plan,
  context: { warnAbove: number; warnings: readonly string[]; silent: readonly string[] },
): string {
  const count = executions.length;
  const against = [
    ...(count > context.warnAbove ? [manyNodes(count, context.warnAbove)] : []),
    // The engine counts with the default limit; this window has its own.
    ...context.warnings.filter((warning) => warning !== manyNodes(count, warnAbove)),
    ...(context.silent.length > 0 ? [`No answer from ${foldWithin(context.silent, foldedAtMost)}.`] : []),
  ].join(' ');
  return [
    shortTitle(actionTitle(action), commandLength),
    ...actionFacts(action),
    ...stepNames(action),
    ...(count > 1 ? [orderText(strategy)] : []),
    ...(against === '' ? [] : [against]),
  ].join(' · ');
}

/** The steps of a playbook in their order; a task alone is one step that has its name. */
function stepNames(action: Action): readonly string[] {
  const all = loadedOf(action)?.steps.map(({ title }) => title) ?? [];
  const titles = all.length === 1 && all[0] === actionTitle(action) ? [] : all;
  const shown = titles.slice(0, stepsAtMost).join(', ');
  if (titles.length <= stepsAtMost) return shown === '' ? [] : [shown];
  return [`${shown} and ${titles.length - stepsAtMost} more`];
}
