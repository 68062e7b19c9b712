import type { BatchEvents, LoggedEvent } from '../run/events.ts';
import type { BatchEnd, OutcomeStatus } from '../run/outcome.ts';
import type { QueueState } from '../run/schedule/queue.ts';

/** What batches came to, counted. */
export type Counters = {
  /** Milliseconds since the epoch from which on is counted. */
  since: number;
  batches: { started: number; ended: Partial<Record<BatchEnd, number>> };
  executions: { planned: number; started: number; ended: Partial<Record<OutcomeStatus, number>> };
  /** Attempts after the first. */
  retries: number;
  /** Times from start to end of executions that started: in total, and how many took up to `upToMs` but not less than the step before; null is all above. */
  durations: { count: number; totalMs: number; steps: { upToMs: number | null; count: number }[] };
  /** Connections that were made for an execution, and that were there already. */
  connections: { opened: number; reused: number };
  /** Bytes of output. */
  bytes: { stdout: number; stderr: number };
};

/** What an engine counts; `queue` is as it is now, and null where what is on disk was counted. */
export type EngineMetrics = Counters & { readonly queue: QueueState | null };

/** Upper ends of the steps in which times are counted, in ms. */
const steps = [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000] as const;

/** Counts the events of batches, each event once. */
export type Tally = {
  add(news: BatchEvents): void;
  /** What was counted so far; it goes on counting. */
  counters(): Counters;
};

/** `since`: the beginning of the count, in milliseconds since the epoch. */
export function createTally(since: number): Tally {
  const counters = zero(since);
  /** When executions that have not ended started, by batch. */
  const running = new Map<string, Map<string, number>>();
  return {
    counters: () => counters,
    add({ batch, events }) {
      const starts = running.get(batch) ?? new Map<string, number>();
      for (const event of events) count(counters, starts, event);
      if (events.some(({ type }) => type === 'batchFinished' || type === 'stopReport')) running.delete(batch);
      else running.set(batch, starts);
    },
  };
}

function count(counters: Counters, starts: Map<string, number>, event: LoggedEvent): void {
  const { batches, executions, connections, bytes } = counters;
  switch (event.type) {
    case 'batchStarted':
      batches.started++;
      executions.planned += event.plan.executions.length;
      return;
    case 'executionStarted':
      executions.started++;
      starts.set(event.execution, event.at);
      return;
    case 'attemptStarted':
      counters.retries++;
      return;
    case 'connected':
      connections[event.connection.reused ? 'reused' : 'opened']++;
      return;
    case 'stepFinished':
      bytes.stdout += event.stdoutBytes;
      bytes.stderr += event.stderrBytes;
      return;
    case 'executionFinished': {
      const { status } = event.outcome;
      executions.ended[status] = (executions.ended[status] ?? 0) + 1;
      const start = starts.get(event.execution);
      if (start !== undefined) addTime(counters.durations, event.at - start);
      return;
    }
    case 'batchFinished':
      batches.ended[event.end] = (batches.ended[event.end] ?? 0) + 1;
      return;
    default:
      return;
  }
}

function addTime(durations: Counters['durations'], ms: number): void {
  durations.count++;
  durations.totalMs += ms;
  const step = durations.steps.find(({ upToMs }) => upToMs === null || ms <= upToMs);
  if (step) step.count++;
}

function zero(since: number): Counters {
  return {
    since,
    batches: { started: 0, ended: {} },
    executions: { planned: 0, started: 0, ended: {} },
    retries: 0,
    durations: {
      count: 0,
      totalMs: 0,
      steps: [...steps, null].map((upToMs) => ({ upToMs, count: 0 })),
    },
    connections: { opened: 0, reused: 0 },
    bytes: { stdout: 0, stderr: 0 },
  };
}
