import type { Clock } from '../core/util/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return { dispose: () => clearTimeout(timer) };
  },
};

/**
 * The machine's time when it is made, and from then on what a clock measures that nobody puts back or forward: times of
 * one batch never go back, and their differences are what really passed. Time in which the machine slept does not count.
 */
export function steadyClock(): Clock {
  const start = Date.now() - performance.now();
  return { ...systemClock, now: () => Math.round(start + performance.now()) };
}
