import { type BatchState, completed } from './state.ts';

/** How a batch went, in figures. */
export type Metrics = {
  /** Milliseconds from the first start to the last end; of a batch that runs, up to the last event. */
  readonly durationMs: number;
  /** Executions that ended, a second; 0 where no time went by. */
  readonly perSecond: number;
  /** Share of the ended executions that are ok, from 0 to 1; null where none has ended. */
  readonly successRate: number | null;
};

/** The figures of a batch; `now`, in milliseconds since the epoch, ends one that still runs. */
export function metricsOf(state: BatchState, now: number = state.startedAt): Metrics {
  const durationMs = Math.max(0, (state.endedAt ?? now) - state.startedAt);
  const ended = completed(state);
  return {
    durationMs,
    perSecond: durationMs === 0 ? 0 : round((ended / durationMs) * 1000),
    successRate: ended === 0 ? null : round(state.counts.ok / ended),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
