import { onAbort } from '../../util/abort.ts';
import type { Clock } from '../../util/clock.ts';
import type { Rate } from './rate.ts';

export type Bucket = {
  /** Settles when there is a token for the caller, in the order of asking; false when `signal` was aborted before. */
  take(signal: AbortSignal): Promise<boolean>;
  /** How many wait for a token. */
  waiting(): number;
};

type Waiter = { grant(): void };

/**
 * A token bucket: it begins full, and fills by `perSecond` tokens a second up to `burst`. One exact timer waits for the
 * next token; nothing polls.
 */
export function createBucket({ perSecond, burst }: Rate, clock: Clock): Bucket {
  const waiters = new Set<Waiter>();
  const msPerToken = 1000 / perSecond;
  // The time at which the bucket was, or will be, empty: tokens are the time since then. Sums of fractions would drift.
  let emptyAt = clock.now() - burst * msPerToken;
  let timer: { dispose(): void } | undefined;

  const takeNow = (): boolean => {
    const now = clock.now();
    emptyAt = Math.max(emptyAt, now - burst * msPerToken);
    if (emptyAt + msPerToken > now + tolerance) return false;
    emptyAt += msPerToken;
    return true;
  };
  const serve = (): void => {
    timer = undefined;
    for (const waiter of waiters) {
      if (!takeNow()) break;
      waiters.delete(waiter);
      waiter.grant();
    }
    if (waiters.size > 0) timer = clock.after(Math.max(0, emptyAt + msPerToken - clock.now()), serve);
  };
  return {
    take(signal) {
      if (signal.aborted) return Promise.resolve(false);
      if (waiters.size === 0 && takeNow()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const waiter: Waiter = {
          grant() {
            leaving.dispose();
            resolve(true);
          },
        };
        waiters.add(waiter);
        const leaving = onAbort(signal, () => {
          waiters.delete(waiter);
          resolve(false);
        });
        timer ??= clock.after(Math.max(0, emptyAt + msPerToken - clock.now()), serve);
      });
    },
    waiting: () => waiters.size,
  };
}

/** Milliseconds by which sums of fractions may be off. */
const tolerance = 1e-6;
