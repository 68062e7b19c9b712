import type { Disposable } from './emitter.ts';

/** Time, passed in: the core has none of its own. Real in the engine, virtual in tests and predictions. */
export type Clock = {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back once after `ms` milliseconds, unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
};
