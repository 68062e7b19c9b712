import type { StopSignals } from '../core/run/halts.ts';

/** The abort signals of one batch and the hands on them. */
export type StopSwitch = {
  readonly signals: StopSignals;
  stopAll(): void;
  stopQueued(): void;
  stopOne(execution: string): void;
};

export function createStopSwitch(): StopSwitch {
  const all = new AbortController();
  const queued = new AbortController();
  const single = new Map<string, AbortController>();
  return {
    signals: {
      all: all.signal,
      queued: queued.signal,
      of(execution) {
        const controller = single.get(execution) ?? new AbortController();
        single.set(execution, controller);
        return controller.signal;
      },
    },
    stopAll: () => all.abort(),
    stopQueued: () => queued.abort(),
    stopOne: (execution) => single.get(execution)?.abort(),
  };
}
