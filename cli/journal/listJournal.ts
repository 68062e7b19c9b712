import type { JournalEntry } from '../../core/journal/entry.ts';
import type { JournalPage, JournalQuery } from '../../core/protocol/journal.ts';
import { plural, shortId } from '../../core/run/format.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { exitCode } from '../exitCode.ts';
import { withIsoTimes } from '../isoTimes.ts';
import { readNodeNames } from '../nodeNames.ts';
import { tableOf } from '../inventory/table.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { localTime } from '../terminal/localTime.ts';
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
export function listJournal(named: string, flags: ListFlags, streams: Streams): Promise<number> {
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const query = queryOf(named, flags);
    if (!query.ok) return reportRefusal(query.error, settings.format, streams);
    const { node, page: _page, pageSize: _pageSize, ...filters } = query.value;
    const answer = await client.journal(query.value);
    if (!answer.ok) return reportRefusal(answer.error, settings.format, streams);
    if (flags.json) streams.out(jsonOf(node, answer.value));
    else streams.out(textOf({ node, isFiltered: Object.keys(filters).length > 0 }, answer.value));
    return exitCode.ok;
  });
}

type Asked = { readonly node: string; readonly isFiltered: boolean };

function queryOf(
  named: string,
  { kind, level, source, since, until, search, page, pageSize }: ListFlags,
): Result<JournalQuery> {
  const names = readNodeNames(named);
  if (!names.ok) return names;
  const [node, second] = names.value;
  if (node === undefined || second !== undefined) {
    return refuse(
      'USAGE',
      `${named} stands for ${plural(names.value.length, 'node')}. Name one: each has a journal of its own.`,
    );
  }
  const value = {
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
  return { ok: true, value };
}

function jsonOf(node: string, page: JournalPage): string {
  return `${JSON.stringify({ version: 1, node, ...page, entries: page.entries.map(withIsoTimes) })}\n`;
}

function textOf({ node, isFiltered }: Asked, { entries, page, more }: JournalPage): string {
  if (entries.length === 0) {
    if (page > 1) return `There is no page ${page}.\n`;
    return isFiltered
      ? `Nothing in the journal of ${node} fits.\n`
      : `Nothing is in the journal of ${node}.\n`;
  }
  return `${tableOf(entries.map(rowOf))}${more ? `more: --page ${page + 1}\n` : ''}`;
}

function rowOf({ at, level, by, source, kind, link, text, result }: JournalEntry): string[] {
  return [
    localTime(at),
    level,
    kind === 'event' ? source : by,
    link ? shortId(link.batch) : '',
    result === undefined ? text : `${text}: ${result}`,
  ];
}
