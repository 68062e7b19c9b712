import type { OutcomeStatus } from './outcome.ts';
import { type BatchState, completed } from './state.ts';

/** How fast and how well a batch went. */
export type Rates = {
  /** Milliseconds from the first start to the last end; of a batch that runs, up to the last event. */
  readonly durationMs: number;
  /** Executions that ended, a second; 0 where no time went by. */
  readonly perSecond: number;
  /** Share of the ended executions that are ok, from 0 to 1; null where none has ended. */
  readonly successRate: number | null;
};

/** How a batch went, in figures. */
export type Metrics = Rates & {
  /** Milliseconds that an execution took, of those that started and ended: half and 95 % took no longer; null where there is none. */
  readonly executionMs: { readonly p50: number; readonly p95: number; readonly max: number } | null;
  /** Executions by whether their last connection was made for them or was there. */
  readonly connections: { readonly opened: number; readonly reused: number };
  /** Bytes of output of the last attempts. */
  readonly bytes: { readonly stdout: number; readonly stderr: number };
  /** Attempts after the first, on all nodes together. */
  readonly retries: number;
};

/** The figures of a batch; `now`, in milliseconds since the epoch, ends one that still runs. */
export function metricsOf(state: BatchState, now: number = state.startedAt): Metrics {
  const durationMs = Math.max(0, (state.endedAt ?? now) - state.startedAt);
  const times: number[] = [];
  const connections = { opened: 0, reused: 0 };
  const bytes = { stdout: 0, stderr: 0 };
  let retries = 0;
  for (const { startedAt, endedAt, connection, stdoutBytes, stderrBytes, attempts } of state.executions) {
    if (startedAt !== undefined && endedAt !== undefined) times.push(endedAt - startedAt);
    if (connection) connections[connection.reused ? 'reused' : 'opened']++;
    bytes.stdout += stdoutBytes;
    bytes.stderr += stderrBytes;
    retries += Math.max(0, attempts - 1);
  }
  return {
    ...rates(durationMs, completed(state), state.counts.ok),
    executionMs: spread(times),
    connections,
    bytes,
    retries,
  };
}

/** The rates of executions that ended like this, in that many milliseconds. */
export function ratesOf(counts: Readonly<Partial<Record<OutcomeStatus, number>>>, durationMs: number): Rates {
  const ended = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return rates(durationMs, ended, counts.ok ?? 0);
}

function rates(durationMs: number, ended: number, ok: number): Rates {
  return {
    durationMs,
    perSecond: durationMs === 0 ? 0 : round((ended / durationMs) * 1000),
    successRate: ended === 0 ? null : round(ok / ended),
  };
}

function spread(times: readonly number[]): Metrics['executionMs'] {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
