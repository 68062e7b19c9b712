import { stepResults } from '../export/steps.ts';
import { addressText } from '../inventory/address.ts';
import { actionTitle } from './actionText.ts';
import type { BatchPage, ExecutionSummary, StatusQuery } from '../protocol/status.ts';
import { metricsOf } from './metrics.ts';
import {
  type BatchState,
  completed,
  type ExecutionState,
  type ExecutionStatus,
  isLive,
  liveStatuses,
} from './state.ts';
import { remoteOf } from './remote.ts';
import { endMessage, outcomeStatuses } from './statuses.ts';
import { executionName } from './executionName.ts';

const usualPage = 100;

/** The order of statuses where they are sorted: as the legend has them. */
const statusOrder: readonly ExecutionStatus[] = [...outcomeStatuses, ...liveStatuses];

/** Answers a query about a batch. `now` is milliseconds since the epoch. */
export function queryBatch(state: BatchState, query: Omit<StatusQuery, 'batch'>, now: number): BatchPage {
  const { page = 1, pageSize = usualPage, sort = 'node' } = query;
  const found = state.executions.filter((each) => fits(each, query)).map((each) => summaryOf(each, now));
  const sorted = found.toSorted(orders[sort]);
  const done = completed(state);
  const total = state.executions.length;
  return {
    batch: state.id,
    title: actionTitle(state.plan.action),
    user: state.user,
    origin: state.plan.request.origin ?? null,
    status: state.status,
    startedAt: state.startedAt,
    endedAt: state.endedAt ?? null,
    counts: Object.fromEntries(Object.entries(state.counts).filter(([, count]) => count > 0)),
    nodes: total,
    completed: done,
    percent: total === 0 ? 100 : Math.floor((done / total) * 100),
    metrics: metricsOf(state, now),
    paused: state.paused,
    heldBy: state.heldBy ?? null,
    notes: state.notes,
    breakers: state.breakers,
    found: found.length,
    page,
    pageSize,
    executions: sorted.slice((page - 1) * pageSize, page * pageSize),
  };
}

function fits(execution: ExecutionState, { statuses, search }: Omit<StatusQuery, 'batch'>): boolean {
  if (statuses && !statuses.includes(execution.status)) return false;
  if (search === undefined) return true;
  const { lastLine } = execution;
  const text = [executionName(execution), endMessage(execution), lastLine].join('\n');
  return text.toLowerCase().includes(search.toLowerCase());
}

function summaryOf(execution: ExecutionState, now: number): ExecutionSummary {
  const { id, node, item, status, exitCode, attempts, startedAt, endedAt } = execution;
  return {
    id,
    node,
    ...(item && { item: item.name }),
    address: addressOf(execution),
    status,
    message: endMessage(execution),
    remote: remoteOf(execution) ?? null,
    exitCode,
    attempts,
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
    durationMs: startedAt === undefined ? null : Math.max(0, (endedAt ?? now) - startedAt),
    ...stepResults(execution),
  };
}

/** The usual port says nothing. */
function addressOf({ connection }: ExecutionState): string | null {
  if (!connection || connection.transport === 'local') return null;
  const { port, ...rest } = connection;
  return addressText({ ...rest, port: port === 22 ? undefined : port });
}

type Order = (a: ExecutionSummary, b: ExecutionSummary) => number;

/** `web2` stands before `web10`. */
const byNode: Order = (a, b) => collator.compare(a.node, b.node) || (a.node < b.node ? -1 : 1);
const collator = new Intl.Collator('en', { numeric: true });

const orders: Readonly<Record<NonNullable<StatusQuery['sort']>, Order>> = {
  node: byNode,
  status: (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) || byNode(a, b),
  duration: (a, b) => (b.durationMs ?? -1) - (a.durationMs ?? -1) || byNode(a, b),
  plan: () => 0,
  trouble: (a, b) => rankOf(a) - rankOf(b),
};

/** What needs eyes, what still goes on, what is fine. */
function rankOf({ status }: ExecutionSummary): number {
  if (status === 'ok' || status === 'skipped') return 2;
  return isLive(status) ? 1 : 0;
}
