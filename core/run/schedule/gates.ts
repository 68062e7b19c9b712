import pLimit from 'p-limit';
import { onAbort } from '../../util/abort.ts';
import type { Clock } from '../../util/clock.ts';
import { createBucket } from './bucket.ts';
import type { Rate } from './rate.ts';

/** Something that executions have to get through before they start. */
export type Gate = {
  /** As people read it: `concurrency 20`, `rate 2/s`, `bastion, 4 at once`. */
  name(): string;
  /** How many wait here. */
  waiting(): number;
  /** Does the work when it has its turn, in the order of asking. Once `signal` is aborted, it has its turn at once. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

export type ResizableGate = Gate & {
  resize(count: number): void;
  /** How many are through and not done. */
  active(): number;
};

/** So many at once. Whoever is aborted while it waits goes on without a place: others may hold theirs for long. */
export function concurrencyGate(count: number, nameOf: (count: number) => string): ResizableGate {
  const limit = pLimit(count);
  let waiting = 0;
  const turn = (signal: AbortSignal): { taken: Promise<void>; give: () => void } => {
    const place = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    void limit(() => {
      taken.resolve();
      return signal.aborted ? undefined : place.promise;
    });
    return { taken: taken.promise, give: place.resolve };
  };
  return {
    name: () => nameOf(limit.concurrency),
    waiting: () => waiting,
    active: () => limit.activeCount,
    async run(work, signal) {
      if (signal.aborted) return work();
      const { taken, give } = turn(signal);
      waiting++;
      await orAborted(taken, signal);
      waiting--;
      return work().finally(give);
    },
    resize(next) {
      limit.concurrency = next;
    },
  };
}

/** So many a second. */
export function rateGate(rate: Rate, { what, clock }: { what: string; clock: Clock }): Gate {
  const bucket = createBucket(rate, clock);
  return {
    name: () => `${what} ${rate.perSecond}/s`,
    waiting: bucket.waiting,
    run: async (work, signal) => {
      await bucket.take(signal);
      return work();
    },
  };
}

export type PauseGate = Gate & { pause(): void; resume(): void; isPaused(): boolean };

/** Nobody gets through while a person pauses the batch. */
export function pauseGate(): PauseGate {
  let opened = Promise.withResolvers<void>();
  let paused = false;
  let waiting = 0;
  const resumed = async (signal: AbortSignal): Promise<void> => {
    if (!paused || signal.aborted) return;
    waiting++;
    await orAborted(opened.promise, signal);
    waiting--;
    // Somebody may have paused again in the meantime.
    await resumed(signal);
  };
  return {
    name: () => 'your pause',
    waiting: () => waiting,
    isPaused: () => paused,
    run: async (work, signal) => {
      await resumed(signal);
      return work();
    },
    pause() {
      paused = true;
    },
    resume() {
      if (!paused) return;
      paused = false;
      opened.resolve();
      opened = Promise.withResolvers();
    },
  };
}

/** The same gate, counting only those that came to it here: others wait at it as well. */
export function seenFrom(gate: Gate): Gate {
  let waiting = 0;
  return {
    name: gate.name,
    waiting: () => waiting,
    async run(work, signal) {
      let isThrough = false;
      const pass = (): void => {
        if (isThrough) return;
        isThrough = true;
        waiting--;
      };
      waiting++;
      return gate
        .run(() => {
          pass();
          return work();
        }, signal)
        .finally(pass);
    },
  };
}

/** Does the work once it is through all gates, the first one first. */
export function through<T>(gates: readonly Gate[], work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const [first, ...rest] = gates;
  return first ? first.run(() => through(rest, work, signal), signal) : work();
}

/** The gate that holds up the next start: the innermost one at which somebody waits. */
export function heldBy(gates: readonly Pick<Gate, 'name' | 'waiting'>[]): string | undefined {
  return gates.findLast((gate) => gate.waiting() > 0)?.name();
}

function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const leaving = onAbort(signal, resolve);
    void promise.then(() => {
      leaving.dispose();
      resolve();
    });
  });
}
