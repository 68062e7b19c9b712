import type { BatchSummary } from '../protocol/batch.ts';
import type { LoggedEvent } from '../run/events.ts';
import { type BatchState, type ExecutionStatus, reduceAll } from '../run/state.ts';
import { summaryOf } from './summary.ts';

/** One execution as queries look for it. */
export type ExecutionRecord = {
  readonly id: string;
  readonly node: string;
  readonly status: ExecutionStatus;
  /** Tags that the node had when the batch was planned. */
  readonly tags: readonly string[];
};

/** What answers every query about a batch but for text in its output. */
export type BatchRecord = {
  readonly summary: BatchSummary;
  /** Number of the last event that is in it. */
  readonly seq: number;
  /** In the order of the plan: the output on disk says by its place there which execution it is of. */
  readonly executions: readonly ExecutionRecord[];
};

/** The tags of nodes, as a plan has them. */
export type TagsOf = (node: string) => readonly string[];

/** Undefined where the plan, which is the first event, is missing. */
export function recordOf(events: readonly LoggedEvent[]): BatchRecord | undefined {
  const state = reduceAll(undefined, events);
  return state && recordOfState(state, tagsIn(events));
}

/** The same of events that were folded already. */
export function recordOfState(state: BatchState, tagsOf: TagsOf): BatchRecord {
  return {
    summary: summaryOf(state),
    seq: state.seq,
    executions: state.executions.map(({ id, node, status }) => ({ id, node, status, tags: tagsOf(node) })),
  };
}

/** The tags that the first of these events has: the plan. */
export function tagsIn(events: readonly LoggedEvent[]): TagsOf {
  const start = events.find((event) => event.type === 'batchStarted');
  const tags = new Map(start?.plan.targets.map((target) => [target.node, target.tags]));
  return (node) => tags.get(node) ?? [];
}
