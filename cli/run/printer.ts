import type { BatchState } from '../../core/run/state.ts';
import type { Ended } from '../../core/run/executionState.ts';

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
  /** Puts a question to a person, after all that has ended by now is shown and with nothing redrawn meanwhile. */
  aside: <T>(question: () => Promise<T>) => Promise<T>;
};

/** Work that is done one after the other, in the order it was given. */
export type Queue = {
  add(work: () => Promise<void>): void;
  /** Gives what the work gives. */
  run<T>(work: () => Promise<T>): Promise<T>;
  idle(): Promise<void>;
};

export function createQueue(): Queue {
  let last = Promise.resolve();
  return {
    add: (work) => void (last = last.then(work)),
    run(work) {
      const done = last.then(work);
      last = done.then(
        () => {},
        () => {},
      );
      return done;
    },
    idle: () => last,
  };
}
