import type { PlanPreview } from '../../core/protocol/start.ts';
import { planLines } from '../../core/run/planLines.ts';
import { exitCode, exitCodeOfError } from '../exitCode.ts';
import type { OutputFormat, Streams } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';

/** Says what would run, and what the rules say about it; contacts no node. Gives the exit code: 77 where it is denied. */
export function reportDryRun(preview: PlanPreview, format: OutputFormat, streams: Streams): number {
  if (format === 'text')
    for (const line of [...planLines(preview), 'Nothing was run (--dry-run).'])
      streams.out(`${escapeLine(line)}\n`);
  else streams.out(`${JSON.stringify({ version: 1, dryRun: true, ...preview })}\n`);
  return preview.decision.verdict === 'deny' ? exitCodeOfError('DENIED') : exitCode.ok;
}
