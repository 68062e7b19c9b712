import type { PlanPreview } from '../../core/protocol/engine.ts';
import { actionFacts, actionTitle } from '../../core/run/action.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { reportNote, type Streams } from '../report.ts';
import { askYesNo, canAsk } from '../terminal/ask.ts';
import { escapeLine } from '../terminal/escape.ts';

/** Where the plan gives a reason to, asks a person first, or says the reason where there is nobody to ask. */
export async function confirmStart(
  { plan, warnings }: PlanPreview,
  yes: boolean,
  streams: Streams,
): Promise<boolean> {
  if (yes || warnings.length === 0) return true;
  for (const warning of warnings) reportNote(warning, streams);
  if (!canAsk()) return true;
  const names = foldForDisplay(plan.executions.map(({ node }) => node));
  const what = [actionTitle(plan.action), ...actionFacts(plan.action)].join(', ');
  streams.err(`${escapeLine(what)}\n${escapeLine(names)}\n`);
  if (await askYesNo(`Run on ${plural(plan.executions.length, 'node')}?`)) return true;
  reportNote('Nothing was run.', streams);
  return false;
}
