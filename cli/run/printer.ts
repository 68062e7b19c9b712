import type { BatchState } from '../../core/run/state.ts';
import type { Ended } from './result.ts';

/** Shows a batch while it runs and when it has ended: one per output format. */
export type Printer = {
  /** Whether lines are redrawn in place. */
  readonly live: boolean;
  started(state: BatchState): void;
  /** Executions that ended since the last call, in order. */
  ended(executions: readonly Ended[]): void;
  changed(state: BatchState): void;
  /** Writes what is left; called once, when nothing more will come. */
  finish(state: BatchState): Promise<void>;
  /** Runs a question to a person with nothing redrawn meanwhile. */
  aside: <T>(question: () => Promise<T>) => Promise<T>;
};

/** Work that is done one after the other, in the order it was given. */
export function createQueue(): { add(work: () => Promise<void>): void; idle(): Promise<void> } {
  let last = Promise.resolve();
  return {
    add: (work) => void (last = last.then(work)),
    idle: () => last,
  };
}
