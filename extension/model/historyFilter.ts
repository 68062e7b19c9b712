import type { HistoryQuery } from '../../core/protocol/history.ts';
import type { ActionType } from '../../core/run/action.ts';
import { plural } from '../../core/run/format.ts';
import { foldWithin } from './foldWithin.ts';
import { lookOfBatch } from './looks.ts';

type BatchStatus = NonNullable<HistoryQuery['statuses']>[number];

/** What a person looks for in the history; a part that is not set lets everything through. */
export type HistoryFilter = {
  readonly statuses?: readonly BatchStatus[];
  readonly kinds?: readonly ActionType[];
  readonly time?: TimeSpan;
  readonly user?: string;
  /** Batches that ran on one of these. */
  readonly nodes?: readonly string[];
  /** In what a node said, whatever its case. */
  readonly text?: string;
};

/** Parts of a filter, in the order in which they are offered and said. */
export const filterParts = ['statuses', 'kinds', 'time', 'user', 'nodes', 'text'] as const;
export type FilterPart = (typeof filterParts)[number];

export const timeSpans = ['hour', 'today', 'week', 'month'] as const;
export type TimeSpan = (typeof timeSpans)[number];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const foldedAtMost = 40;

export const spanLabel: Readonly<Record<TimeSpan, string>> = {
  hour: 'last hour',
  today: 'today',
  week: 'last 7 days',
  month: 'last 30 days',
};

export const partLabel: Readonly<Record<FilterPart, string>> = {
  statuses: 'Status',
  kinds: 'Kind',
  time: 'Time',
  user: 'User',
  nodes: 'Node',
  text: 'Output',
};

/** How a part is set, in words: `failed, partial`; empty where it is not. */
export function partText(filter: HistoryFilter, part: FilterPart): string {
  switch (part) {
    case 'statuses':
      return filter.statuses?.map((status) => lookOfBatch(status).inSentence).join(' or ') ?? '';
    case 'kinds':
      return filter.kinds?.join(' or ') ?? '';
    case 'time':
      return filter.time === undefined ? '' : spanLabel[filter.time];
    case 'user':
      return filter.user === undefined ? '' : `by ${filter.user}`;
    case 'nodes':
      return filter.nodes === undefined ? '' : `on ${foldWithin(filter.nodes, foldedAtMost)}`;
    case 'text':
      return filter.text === undefined ? '' : `saying “${filter.text}”`;
  }
}

/** The whole filter in words; empty where nothing is filtered. */
export function filterText(filter: HistoryFilter): string {
  return filterParts
    .map((part) => partText(filter, part))
    .filter(Boolean)
    .join(', ');
}

/** Above the rows: `Filter failed, last 7 days: 12 batches.` Nothing where the welcome text has to say it. */
export function filterMessage(filter: HistoryFilter, found: number): string {
  const text = filterText(filter);
  return text === '' || found === 0 ? '' : `Filter ${text}: ${plural(found, 'batch', 'batches')}.`;
}

/** @param now milliseconds since the epoch */
export function historyQueryOf(filter: HistoryFilter, now: number): HistoryQuery {
  const { statuses, kinds, time, user, nodes, text } = filter;
  return {
    ...(statuses && { statuses: [...statuses] }),
    ...(kinds && { kinds: [...kinds] }),
    ...(time && { since: sinceOf(time, now) }),
    ...(user !== undefined && { user }),
    ...(nodes && { nodes: [...nodes] }),
    ...(text !== undefined && { text }),
  };
}

function sinceOf(span: TimeSpan, now: number): number {
  switch (span) {
    case 'hour':
      return now - hourMs;
    case 'today':
      return new Date(now).setHours(0, 0, 0, 0);
    case 'week':
      return now - 7 * dayMs;
    case 'month':
      return now - 30 * dayMs;
  }
}
