import type { Clock } from '../util/clock.ts';
import type { LoggedEvent, RunEvent } from './events.ts';
import type { BatchEnd, Outcome } from './outcome.ts';

/** The one place where events of a batch come from, so that what must not happen can not happen. */
export type Ledger = {
  /** Passes an event on, unless its execution or the batch has ended. */
  note: (event: RunEvent) => void;
  /** Gives an execution its outcome. The first one stands. */
  finish(execution: string, outcome: Outcome): void;
  /** Ends the batch; afterwards only the stop report may follow. */
  close(end: BatchEnd): void;
  outcomeOf(execution: string): Outcome | undefined;
  /** Settles when the execution has its outcome. */
  ended(execution: string): Promise<void>;
};

export function createLedger(clock: Clock, emit: (event: LoggedEvent) => void): Ledger {
  const outcomes = new Map<string, Outcome>();
  const waiters = new Map<string, () => void>();
  let seq = 0;
  let closed = false;
  const record = (event: RunEvent): void => emit({ seq: ++seq, at: clock.now(), ...event });
  return {
    note(event) {
      if (closed && event.type !== 'stopReport') return;
      if ('execution' in event && event.execution !== undefined && outcomes.has(event.execution)) return;
      record(event);
    },
    finish(execution, outcome) {
      if (outcomes.has(execution)) return;
      outcomes.set(execution, outcome);
      record({ type: 'executionFinished', execution, outcome });
      waiters.get(execution)?.();
    },
    close(end) {
      if (closed) return;
      closed = true;
      record({ type: 'batchFinished', end });
    },
    outcomeOf: (execution) => outcomes.get(execution),
    ended: (execution) =>
      new Promise((resolve) => {
        if (outcomes.has(execution)) resolve();
        else waiters.set(execution, resolve);
      }),
  };
}
