import type { BatchSummary } from '../../core/protocol/batch.ts';
import { outcomeCounts } from './historyRows.ts';
import { shortDate } from './time.ts';

/** What is said of the newest run of a file, above its first line: `Last run 14:02: 36 ok, 1 failed`. */
export function lastRunTitle({ status, startedAt, counts }: BatchSummary, now: number): string {
  const when = shortDate(startedAt, now);
  const how = outcomeCounts(counts);
  if (status === 'running') return `Running since ${when}`;
  return `Last run ${when}: ${how === '' ? status : how}`;
}

/** The newest batch of a file; they come in order, the newest first. */
export function newestOf(file: string, batches: readonly BatchSummary[]): BatchSummary | undefined {
  return batches.find((batch) => batch.file === file);
}

/** Line from 0 of the entry above which the links of a playbook or task stand; undefined where there is none. */
export function lensLine(text: string): number | undefined {
  for (const key of ['name', 'targets', 'steps', 'implementations']) {
    const found = new RegExp(`^${key}[ \\t]*:`, 'm').exec(text);
    if (found) return text.slice(0, found.index).split('\n').length - 1;
  }
  return undefined;
}
