import { actionTitle } from '../run/actionText.ts';
import type { Ended } from '../run/executionState.ts';
import type { ExecutionState } from '../run/executionState.ts';
import type { Outcome, OutcomeStatus, RemoteFate } from '../run/outcome.ts';
import type { Origin } from '../run/origin.ts';
import type { Plan, Target } from '../run/plan.ts';
import { remoteOf } from '../run/remote.ts';
import type { BatchState } from '../run/state.ts';
import { endMessage, outcomeStatuses } from '../run/statuses.ts';

/** One execution as it is published, up to its output. */
export type ExecutionHead = {
  id: string;
  node: string;
  /** Its set of parameters, where the batch has some: the place in the list, and what people call it. */
  item?: { readonly index: number; readonly name: string };
  outcome: OutcomeStatus;
  exitCode: number | null;
  signal: string | null;
  /** Why it was unreachable, which phase timed out, or who refused. */
  kind: string | null;
  remote: RemoteFate | null;
  message: string;
  attempts: number;
  /** ISO 8601; null when it never started. */
  startedAt: string | null;
  /** Milliseconds; null when it never started. */
  durationMs: number | null;
};

export type ConnectionResult = {
  transport: string;
  host: string | null;
  port: number | null;
  user: string | null;
  via: { host: string; port: number; user: string | null }[];
};

/** A batch without its executions. */
export type BatchResult = {
  version: 1;
  batch: string;
  /** The batch that this one runs again, where it does. */
  origin?: Origin;
  /** The command. */
  title: string;
  user: string;
  status: BatchState['status'];
  /** ISO 8601. */
  startedAt: string;
  /** Milliseconds. */
  durationMs: number;
  /** Executions by outcome, those that there are: they add up to the number of executions. */
  counts: Partial<Record<OutcomeStatus, number>>;
  /** Limits that held up starts, the one that did so longest first. */
  limits: { limit: string; durationMs: number }[];
};

/** The batch as it is published, without its executions. */
export function batchResult(state: BatchState): BatchResult {
  const { origin } = state.plan.request;
  const counts: BatchResult['counts'] = {};
  for (const status of outcomeStatuses) {
    if (state.counts[status] > 0) counts[status] = state.counts[status];
  }
  return {
    version: 1,
    batch: state.id,
    ...(origin && { origin }),
    title: actionTitle(state.plan.action),
    user: state.user,
    status: state.status,
    startedAt: new Date(state.startedAt).toISOString(),
    durationMs: (state.endedAt ?? state.startedAt) - state.startedAt,
    counts,
    limits: limitsOf(state),
  };
}

function limitsOf({ heldMs }: BatchState): BatchResult['limits'] {
  const limits = Object.entries(heldMs).map(([limit, durationMs]) => ({ limit, durationMs }));
  return limits.sort((a, b) => b.durationMs - a.durationMs);
}

/** The execution as it is published, without its output and how it was reached. */
export function executionHead(execution: Ended): ExecutionHead {
  const { outcome, startedAt } = execution;
  return {
    id: execution.id,
    node: execution.node,
    ...(execution.item && { item: execution.item }),
    outcome: outcome.status,
    exitCode: execution.exitCode,
    signal: execution.signal,
    kind: kindOf(outcome),
    remote: remoteOf(execution) ?? null,
    message: endMessage(execution),
    attempts: execution.attempts,
    startedAt: startedAt === undefined ? null : new Date(startedAt).toISOString(),
    durationMs: startedAt === undefined ? null : (execution.endedAt ?? startedAt) - startedAt,
  };
}

/** The target of each node of a plan; nodes are unique in it. */
export function targetsByNode(plan: Plan): ReadonlyMap<string, Target> {
  return new Map(plan.targets.map((target) => [target.node, target]));
}

function kindOf(outcome: Outcome): string | null {
  switch (outcome.status) {
    case 'unreachable':
      return outcome.kind;
    case 'timed-out':
      return outcome.phase;
    case 'refused':
      return outcome.by;
    case 'ok':
    case 'failed':
    case 'signalled':
    case 'lost':
    case 'cancelled':
    case 'skipped':
    case 'not-started':
    case 'interrupted':
    case 'crashed':
      return null;
  }
}

/** How the node was reached, or would have been. */
export function connectionResult(execution: ExecutionState, target: Target | undefined): ConnectionResult {
  const { host, port, user } = target?.options ?? {};
  const planned = {
    transport: target?.transport ?? '',
    host: typeof host === 'string' ? host : undefined,
    port: typeof port === 'number' ? port : undefined,
    user: typeof user === 'string' ? user : undefined,
    via: [],
  };
  const info = execution.connection ?? planned;
  return {
    transport: info.transport,
    host: info.host ?? null,
    port: info.port ?? null,
    user: info.user ?? null,
    via: info.via.map((hop) => ({ ...hop, user: hop.user ?? null })),
  };
}
