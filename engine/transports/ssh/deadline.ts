import type { Clock } from '../../../core/util/clock.ts';

/** A span of time that can be held while a person is asked something. */
export type Deadline = {
  /** Milliseconds that were given. */
  readonly totalMs: number;
  /** Calls back once when the time is over, now or later. Replaces an earlier callback. */
  onExpired(callback: () => void): void;
  /** Runs the question with the time held. */
  held<T>(question: () => Promise<T>): Promise<T>;
  /** The time is over now. */
  expire(): void;
  dispose(): void;
};

export function createDeadline(clock: Clock, totalMs: number): Deadline {
  let leftMs = totalMs;
  let startedAt = clock.now();
  let holds = 0;
  let expired = false;
  let callback = (): void => {};
  const expire = (): void => {
    if (expired) return;
    expired = true;
    timer.dispose();
    callback();
  };
  let timer: { dispose(): void } = clock.after(leftMs, expire);
  const resume = (): void => {
    holds--;
    if (holds > 0 || expired) return;
    startedAt = clock.now();
    timer = clock.after(leftMs, expire);
  };
  const hold = (): void => {
    holds++;
    if (holds > 1) return;
    timer.dispose();
    leftMs = Math.max(0, leftMs - (clock.now() - startedAt));
  };
  return {
    totalMs,
    onExpired: (next) => {
      callback = next;
      if (expired) next();
    },
    held: async (question) => {
      hold();
      return question().finally(resume);
    },
    expire,
    dispose: () => {
      callback = () => {};
      holds = Infinity;
      timer.dispose();
    },
  };
}
