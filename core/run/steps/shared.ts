import { onAbort } from '../../util/abort.ts';
import type { StepEnd } from './stepEnd.ts';

/** What the executions of a batch have in common while they go through their steps. */
export type SharedSteps = {
  /** Runs a step for all: who comes first does it, the others get the same. */
  once(path: string, node: string, run: () => Promise<StepEnd>): Promise<{ end: StepEnd; by: string }>;
  /** Asks a person once for all. */
  ask(path: string, ask: () => Promise<boolean>): Promise<boolean>;
  /** Waits for one of so many places at a step, runs, and gives it back. Undefined where it was aborted before. */
  throttled<T>(
    place: { path: string; places: number },
    run: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T | undefined>;
};

export function createSharedSteps(): SharedSteps {
  const onces = new Map<string, { by: string; end: Promise<StepEnd> }>();
  const answers = new Map<string, Promise<boolean>>();
  const throttles = new Map<string, Throttle>();
  return {
    async once(path, node, run) {
      const before = onces.get(path) ?? { by: node, end: run() };
      onces.set(path, before);
      return { end: await before.end, by: before.by };
    },
    ask(path, ask) {
      const answer = answers.get(path) ?? ask();
      answers.set(path, answer);
      return answer;
    },
    async throttled({ path, places }, run, signal) {
      const throttle = throttles.get(path) ?? { free: places, waiting: [] };
      throttles.set(path, throttle);
      if (!(await enter(throttle, signal))) return undefined;
      try {
        return await run();
      } finally {
        leave(throttle);
      }
    },
  };
}

type Throttle = { free: number; readonly waiting: (() => void)[] };

/** False where the wait was aborted. */
function enter(throttle: Throttle, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  if (throttle.free > 0) {
    throttle.free -= 1;
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const go = (): void => {
      stopping.dispose();
      resolve(true);
    };
    throttle.waiting.push(go);
    const stopping = onAbort(signal, () => {
      const at = throttle.waiting.indexOf(go);
      if (at >= 0) throttle.waiting.splice(at, 1);
      resolve(false);
    });
  });
}

function leave(throttle: Throttle): void {
  const next = throttle.waiting.shift();
  if (next) next();
  else throttle.free += 1;
}
