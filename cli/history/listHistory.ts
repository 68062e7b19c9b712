import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { HistoryPage, HistoryQuery } from '../../core/protocol/history.ts';
import { formatDuration, plural } from '../../core/run/format.ts';
import { shorten } from '../../core/util/shorten.ts';
import { okColumns } from '../batches/okColumns.ts';
import { exitCode } from '../exitCode.ts';
import { withIsoTimes } from '../isoTimes.ts';
import { pageFoot } from '../pages.ts';
import { tableOf } from '../inventory/table.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { localTime } from '../terminal/localTime.ts';
import { withClient } from '../withClient.ts';
import { type FilterFlags, filtersOf } from './filters.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';

export type ListFlags = FilterFlags & QueryFlags & { readonly page: number; readonly pageSize: number };

/** Prints a line for each batch of a page. */
export function listHistory(flags: ListFlags, streams: Streams): Promise<number> {
  const { json, page, pageSize } = flags;
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const filters = filtersOf(flags);
    const { since = 0, until = Infinity } = filters;
    if (since >= until) return reportRefusal(emptyTime, settings.format, streams);
    const answer = await client.history({ ...filters, page, pageSize });
    if (!answer.ok) return reportRefusal(answer.error, settings.format, streams);
    if (json) streams.out(jsonOf(answer.value));
    else streams.out(textOf(answer.value, Object.keys(filters).length > 0));
    if (answer.value.found === 0) await noteStrangers(client, filters, streams);
    return exitCode.ok;
  });
}

const emptyTime = {
  code: 'USAGE',
  message: '--until is not after --since: nothing is between them.',
} as const;

/** Says which of the names that were asked for the history does not know at all: one may be misspelt. */
async function noteStrangers(client: EngineClient, query: HistoryQuery, streams: Streams): Promise<void> {
  const { nodes, tag, user } = query;
  const alone: [HistoryQuery, string][] = [
    ...(nodes ?? [])
      .slice(0, mostStrangers)
      .map((node): [HistoryQuery, string] => [{ nodes: [node] }, `node ${node}`]),
    ...(tag === undefined ? [] : [[{ tag }, `tag ${tag}`] satisfies [HistoryQuery, string]]),
    ...(user === undefined ? [] : [[{ user }, `user ${user}`] satisfies [HistoryQuery, string]]),
  ];
  for (const [wanted, what] of alone) {
    const answer = await client.history({ ...wanted, pageSize: 1 });
    if (answer.ok && answer.value.found === 0) reportNote(`No batch of the history has a ${what}.`, streams);
  }
}

/** Names that are looked for one by one. */
const mostStrangers = 5;

function jsonOf(found: HistoryPage): string {
  return `${JSON.stringify({ version: 1, ...found, batches: found.batches.map(withIsoTimes) })}\n`;
}

function textOf({ batches, found, page, pageSize }: HistoryPage, isFiltered: boolean): string {
  if (found === 0) return isFiltered ? 'No batch fits.\n' : 'Nothing has been run yet.\n';
  const foot = pageFoot(plural(found, 'batch', 'batches'), { found, page, pageSize });
  return `${tableOf(batches.map(batchRow))}${foot === '' ? '' : `${foot}\n`}`;
}

/** Characters of a title in a line; `history show` has all of them. */
const longestTitle = 80;

/** A batch in one line: the time is that of its work, from the first start to the last end. */
export function batchRow(summary: BatchSummary): string[] {
  const { id, startedAt, status, user, firstStart, lastEnd, title } = summary;
  const isOpen = status === 'running' || firstStart === undefined || lastEnd === undefined;
  return [
    id,
    localTime(startedAt),
    status,
    ...okColumns(summary),
    isOpen ? '' : formatDuration(lastEnd - firstStart),
    user,
    shorten(title, longestTitle),
  ];
}
