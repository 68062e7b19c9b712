import type { JournalEntry } from '../../core/journal/entry.ts';
import type { JournalPage, JournalQuery } from '../../core/protocol/journal.ts';
import { shortId } from '../../core/run/format.ts';
import { exitCode } from '../exitCode.ts';
import { tableOf } from '../inventory/table.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { utcTime } from '../terminal/utcTime.ts';
import { withClient } from '../withClient.ts';

export type ListFlags = QueryFlags & {
  readonly kind?: JournalEntry['kind'];
  readonly level?: JournalEntry['level'];
  readonly source?: string;
  /** Milliseconds since the epoch. */
  readonly since?: number;
  readonly until?: number;
  readonly search?: string;
  readonly page: number;
  readonly pageSize: number;
};

/** Prints a page of a node's journal. */
export function listJournal(node: string, flags: ListFlags, streams: Streams): Promise<number> {
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const answer = await client.journal(queryOf(node, flags));
    if (!answer.ok) return reportRefusal(answer.error, settings.format, streams);
    if (flags.json) streams.out(`${JSON.stringify({ version: 1, node, ...answer.value })}\n`);
    else streams.out(textOf(node, answer.value));
    return exitCode.ok;
  });
}

function queryOf(
  node: string,
  { kind, level, source, since, until, search, page, pageSize }: ListFlags,
): JournalQuery {
  return {
    node,
    page,
    pageSize,
    ...(kind && { kinds: [kind] }),
    ...(level && { level }),
    ...(source !== undefined && { source }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(search !== undefined && { text: search }),
  };
}

function textOf(node: string, { entries, page, more }: JournalPage): string {
  if (entries.length === 0) {
    return page === 1 ? `Nothing is in the journal of ${node} that fits.\n` : `There is no page ${page}.\n`;
  }
  return `${tableOf(entries.map(rowOf))}${more ? `more: --page ${page + 1}\n` : ''}`;
}

function rowOf({ at, level, by, source, kind, link, text, result }: JournalEntry): string[] {
  return [
    utcTime(at),
    level,
    kind === 'event' ? source : by,
    link ? shortId(link.batch) : '',
    result === undefined ? text : `${text}: ${result}`,
  ];
}
