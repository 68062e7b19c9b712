import { actionFacts, actionTitle } from '../../core/run/actionText.ts';
import type { PlanPreview } from '../../core/protocol/start.ts';
import { originText } from '../../core/run/fromOrigin.ts';
import { plural } from '../../core/run/format.ts';
import { orderText } from '../../core/run/waveText.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { exitCode, exitCodeOfError } from '../exitCode.ts';
import type { OutputFormat, Streams } from '../report.ts';
import { previewLines } from './steps.ts';
import { escapeLine } from '../terminal/escape.ts';

/** Says what would run, and what the rules say about it; contacts no node. Gives the exit code: 77 where it is denied. */
export function reportDryRun(preview: PlanPreview, format: OutputFormat, streams: Streams): number {
  if (format === 'text') for (const line of linesOf(preview)) streams.out(`${escapeLine(line)}\n`);
  else streams.out(`${JSON.stringify({ version: 1, dryRun: true, ...preview })}\n`);
  return preview.decision.verdict === 'deny' ? exitCodeOfError('DENIED') : exitCode.ok;
}

function linesOf({ plan, notes, warnings, denied }: PlanPreview): readonly string[] {
  const nodes = plan.targets.map(({ node }) => node);
  const seconds = plan.limits.timeoutMs / 1000;
  return [
    [actionTitle(plan.action), ...actionFacts(plan.action)].join(', '),
    `On ${plural(nodes.length, 'node')}: ${foldForDisplay(nodes)}`,
    ...(plan.request.origin ? [`Again on ${originText(plan.request.origin)}`] : []),
    `${orderText(plan.strategy)}, stopped after ${seconds} s`,
    ...previewLines(plan),
    ...[...notes, ...warnings].map((note) => `Note: ${note}`),
    ...(denied === undefined ? [] : [`Denied: ${denied}`]),
    'Nothing was run (--dry-run).',
  ];
}
