import type { BatchState, ExecutionState, ExecutionStatus } from '../../core/run/state.ts';

/**
 * A status as it is shown: checking a host key is part of connecting, and only nodes that wait for a person wait.
 */
export function shownStatus(state: BatchState, execution: ExecutionState): ExecutionStatus {
  if (execution.status !== 'waiting') return execution.status;
  return Object.keys(state.prompts).length > 0 ? 'waiting' : 'connecting';
}

/** The order of the node list: what needs eyes first, then what moves, then what is fine. */
export const statusOrder: readonly ExecutionStatus[] = [
  'lost',
  'crashed',
  'failed',
  'signalled',
  'timed-out',
  'unreachable',
  'refused',
  'interrupted',
  'cancelled',
  'not-started',
  'waiting',
  'running',
  'connecting',
  'queued',
  'ok',
  'skipped',
];

const ranks: ReadonlyMap<ExecutionStatus, number> = new Map(statusOrder.map((status, at) => [status, at]));

export function statusRank(status: ExecutionStatus): number {
  return ranks.get(status) ?? statusOrder.length;
}
