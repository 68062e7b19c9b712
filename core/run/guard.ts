import { onAbort } from '../util/abort.ts';
import type { Clock } from '../util/clock.ts';

/** A transport gets this long, in ms, to obey an abort: its own stop takes at most two polls of 2 s each. */
export const stopGraceMs = 15_000;

export type Settled<T> = { settled: true; value: T } | { settled: false };

export type GuardOptions = {
  signal: AbortSignal;
  /** Milliseconds after the abort that the promise still has. */
  graceMs: number;
  clock: Clock;
};

/**
 * Waits for a promise of somebody else's code, which may never settle: once `signal` is aborted it has
 * `graceMs` left, then it is abandoned and whatever it does later is ignored. Its rejection is passed on.
 */
export function settleOrAbandon<T>(promise: Promise<T>, options: GuardOptions): Promise<Settled<T>> {
  const { signal, graceMs, clock } = options;
  return new Promise((resolve, reject) => {
    let timer: { dispose(): void } | undefined;
    const stopping = onAbort(signal, () => {
      timer = clock.after(graceMs, () => resolve({ settled: false }));
    });
    const clear = (): void => {
      stopping.dispose();
      timer?.dispose();
    };
    promise.then(
      (value) => {
        clear();
        resolve({ settled: true, value });
      },
      (error: unknown) => {
        clear();
        reject(error);
      },
    );
  });
}

/** A time limit that can stand still, for instance while a person is asked for a password. */
export type Deadline = { pause(): void; resume(): void; dispose(): void };

export function startDeadline(clock: Clock, ms: number, onExpired: () => void): Deadline {
  let left = ms;
  let since = clock.now();
  let pauses = 0;
  let timer = clock.after(left, onExpired);
  return {
    pause() {
      if (pauses++ > 0) return;
      left -= clock.now() - since;
      timer.dispose();
    },
    resume() {
      if (--pauses > 0) return;
      since = clock.now();
      timer = clock.after(left, onExpired);
    },
    dispose() {
      timer.dispose();
    },
  };
}

/** As long as it takes. */
export const noDeadline: Deadline = { pause: () => {}, resume: () => {}, dispose: () => {} };
