import type { Outcome, OutcomeStatus, RemoteFate } from '../../core/run/outcome.ts';
import { type Ended, hasEnded } from '../../core/run/gather/reasons.ts';
import { remoteOf } from '../../core/run/remote.ts';
import { endMessage, outcomeStatuses } from '../../core/run/statuses.ts';
import type { Origin } from '../../core/run/origin.ts';
import type { Plan, Target } from '../../core/run/plan.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import type { Captured } from './output.ts';

/** One stream of an execution: text, or base64 where its bytes are not UTF-8. */
type StreamResult<Name extends string> = { [key in Name]?: string } & { [key in `${Name}Base64`]?: string };

/** One execution as PRODUCT.md (Machine-readable output) publishes it. */
export type ExecutionResult = {
  id: string;
  node: string;
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
} & StreamResult<'stdout'> &
  StreamResult<'stderr'> & { truncated: boolean; connection: ConnectionResult };

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
  status: BatchState['status'];
  durationMs: number;
  /** Executions by outcome, those that there are: they add up to the number of executions. */
  counts: Partial<Record<OutcomeStatus, number>>;
  /** Limits that held up starts, the one that did so longest first. */
  limits: { limit: string; durationMs: number }[];
};

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
    status: state.status,
    durationMs: (state.endedAt ?? state.startedAt) - state.startedAt,
    counts,
    limits: limitsOf(state),
  };
}

function limitsOf({ heldMs }: BatchState): BatchResult['limits'] {
  const limits = Object.entries(heldMs).map(([limit, durationMs]) => ({ limit, durationMs }));
  return limits.sort((a, b) => b.durationMs - a.durationMs);
}

export { type Ended, hasEnded };

export function executionResult(
  execution: Ended,
  captured: Captured,
  target: Target | undefined,
): ExecutionResult {
  const { outcome, startedAt } = execution;
  return {
    id: execution.id,
    node: execution.node,
    outcome: outcome.status,
    exitCode: execution.exitCode,
    signal: execution.signal,
    kind: kindOf(outcome),
    remote: remoteOf(execution) ?? null,
    message: endMessage(execution),
    attempts: execution.attempts,
    startedAt: startedAt === undefined ? null : new Date(startedAt).toISOString(),
    durationMs: startedAt === undefined ? null : (execution.endedAt ?? startedAt) - startedAt,
    ...streamResult('stdout', captured.stdout, execution.stdoutBytes),
    ...streamResult('stderr', captured.stderr, execution.stderrBytes),
    truncated: captured.truncated,
    connection: connectionResult(execution, target),
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

function streamResult(name: 'stdout' | 'stderr', bytes: Buffer, total: number): Record<string, string> {
  const text = decodeUtf8(bytes.length < total ? withoutCutCharacter(bytes) : bytes);
  return text === undefined ? { [`${name}Base64`]: bytes.toString('base64') } : { [name]: text };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A cap may fall inside a character: its first bytes are dropped, so that text stays text. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < size ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

/** How the node was reached, or would have been. */
function connectionResult(execution: ExecutionState, target: Target | undefined): ConnectionResult {
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
