import type { BatchSummary } from '../protocol/batch.ts';
import type { HistoryQuery } from '../protocol/history.ts';
import type { BatchRecord, ExecutionRecord } from './record.ts';

/** What a history query asks of a batch, apart from text in its output. */
export function fits({ summary, executions }: BatchRecord, query: HistoryQuery): boolean {
  if (!summaryFits(summary, query)) return false;
  return !asksForExecutions(query) || executions.some((each) => executionFits(each, query));
}

/** Places in the plan of the executions whose output a query is about; undefined where it is about all of them. */
export function placesThatFit(
  { executions }: BatchRecord,
  query: HistoryQuery,
): ReadonlySet<number> | undefined {
  if (!asksForExecutions(query)) return undefined;
  return new Set(executions.flatMap((each, place) => (executionFits(each, query) ? [place] : [])));
}

/** Whether a batch has this id, or one that ends like it. */
export function idFits(id: string, wanted: string | undefined): boolean {
  return wanted === undefined || id.endsWith(wanted.toUpperCase());
}

function summaryFits(summary: BatchSummary, query: HistoryQuery): boolean {
  const { since = -Infinity, until = Infinity, user, statuses, kinds } = query;
  const { id, startedAt, status, kind } = summary;
  if (startedAt < since || startedAt >= until) return false;
  if (user !== undefined && summary.user !== user) return false;
  if (statuses && !(statuses as readonly string[]).includes(status)) return false;
  return idFits(id, query.batch) && (!kinds || kinds.includes(kind));
}

/** Whether a batch fits only where one of its executions does, whatever text is asked for. */
export function asksForExecutions({ nodes, outcomes, tag }: HistoryQuery): boolean {
  return nodes !== undefined || outcomes !== undefined || tag !== undefined;
}

function executionFits(each: ExecutionRecord, { nodes, outcomes, tag }: HistoryQuery): boolean {
  if (nodes && !nodes.includes(each.node)) return false;
  if (outcomes && !outcomes.includes(each.status)) return false;
  return tag === undefined || each.tags.includes(tag);
}
