import type { Clock } from '../../../core/util/clock.ts';

export type VirtualClock = Clock & {
  /** Lets time pass, timer by timer, until the promise settles; fails when nothing is left that could settle it. */
  runUntil<T>(promise: Promise<T>): Promise<T>;
};

/** Time that passes only when nothing else can happen: a test of an hour takes a millisecond. */
export function createVirtualClock(start = 1_000_000): VirtualClock {
  let now = start;
  let order = 0;
  const timers = new Set<{ at: number; order: number; callback: () => void }>();
  const next = () => [...timers].sort((a, b) => a.at - b.at || a.order - b.order)[0];
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + Math.max(0, ms), order: order++, callback };
      timers.add(timer);
      return { dispose: () => void timers.delete(timer) };
    },
    async runUntil(promise) {
      let settled = false;
      const mark = () => {
        settled = true;
      };
      promise.then(mark, mark);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (settled) return promise;
        const timer = next();
        if (!timer) throw new Error('deadlock: no timer is left and the promise has not settled');
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.callback();
      }
    },
  };
}
