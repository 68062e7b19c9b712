import type { PlanPreview } from '../../core/protocol/start.ts';
import { planLines } from '../../core/run/planLines.ts';
import { exitCode, exitCodeOfError } from '../exitCode.ts';
import { previewSteps } from '../../core/run/steps/preview.ts';
import type { Streams } from '../report.ts';
import type { StartOptions } from './options.ts';
import { escapeLine } from '../terminal/escape.ts';

/** More lines than these of one step are not for eyes. */
const mostOfStep = 50;

/** Says what would run, and what the rules say about it; contacts no node. Gives the exit code: 77 where it is denied. */
export function reportDryRun(
  preview: PlanPreview,
  { format, dryRun }: Pick<StartOptions, 'format' | 'dryRun'>,
  streams: Streams,
): number {
  const end = dryRun === 'plan' ? [] : ['Nothing was run (--dry-run).'];
  if (format === 'text')
    for (const line of [...planLines(preview, mostOfStep), ...end]) streams.out(`${escapeLine(line)}\n`);
  else {
    const steps = previewSteps(preview.plan);
    streams.out(
      `${JSON.stringify({ version: 1, dryRun: true, ...preview, ...(steps.length > 0 && { steps }) })}\n`,
    );
  }
  return preview.decision.verdict === 'deny' ? exitCodeOfError('DENIED') : exitCode.ok;
}
