import type { LoggedEvent } from './events.ts';
import { outcomeMessage } from './statuses.ts';
import type { Barrier } from './strategy.ts';

export type WaveState = {
  readonly wave: number;
  /** How many waves there are. */
  readonly of: number;
  readonly status: 'running' | 'done';
  readonly nodes: number;
  readonly failures: number;
  readonly startedAt: number;
  readonly endedAt?: number;
};

/** What a rolling batch waits for after a wave, and since when (milliseconds since the epoch). */
export type Hold = { readonly wave: number; readonly barrier: Barrier; readonly since: number };

type WaveEvent = Extract<
  LoggedEvent,
  { type: 'waveStarted' | 'waveFinished' | 'probeFinished' | 'barrierWaiting' | 'barrierPassed' }
>;
type Rolling = { waves: readonly WaveState[]; hold?: Hold; notes: readonly string[] };

/** Folds what happens to the waves of a rolling batch. */
export function reduceWave({ waves, hold, notes }: Rolling, event: WaveEvent): Rolling {
  const rest = { notes, ...(hold && { hold }) };
  switch (event.type) {
    case 'waveStarted': {
      const { wave, of, executions } = event;
      const started: WaveState = {
        wave,
        of,
        status: 'running',
        nodes: executions.length,
        failures: 0,
        startedAt: event.at,
      };
      return { ...rest, waves: [...waves, started] };
    }
    case 'waveFinished': {
      const { failures, at } = event;
      const ended = { status: 'done', failures, endedAt: at } as const;
      return {
        ...rest,
        waves: waves.map((each) => (each.wave === event.wave ? { ...each, ...ended } : each)),
      };
    }
    case 'probeFinished':
      if (event.outcome.status === 'ok') return { waves, ...rest };
      return {
        waves,
        ...rest,
        notes: [...notes, `The probe failed on ${event.node}: ${outcomeMessage(event.outcome)}.`],
      };
    case 'barrierWaiting':
      return { waves, notes, hold: { wave: event.wave, barrier: event.barrier, since: event.at } };
    case 'barrierPassed':
      return { waves, notes };
  }
}
