import { onAbort } from '../util/abort.ts';
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
  /** Aborted when the execution has its outcome. */
  endOf(execution: string): AbortSignal;
};

/** A reason of our own: without one an exception is made, with its stack, for each of thousands. */
const itHasEnded = 'the execution has its outcome';

/** `settle` has the last word on an outcome. */
export function createLedger(
  clock: Clock,
  emit: (event: LoggedEvent) => void,
  settle: (outcome: Outcome) => Outcome = (outcome) => outcome,
): Ledger {
  const outcomes = new Map<string, Outcome>();
  const ends = new Map<string, AbortController>();
  let seq = 0;
  let closed = false;
  const record = (event: RunEvent): void => emit({ seq: ++seq, at: clock.now(), ...event });
  return {
    note(event) {
      if (closed && event.type !== 'stopReport') return;
      if ('execution' in event && event.execution !== undefined && outcomes.has(event.execution)) return;
      record(event);
    },
    finish(execution, given) {
      if (outcomes.has(execution)) return;
      const outcome = settle(given);
      outcomes.set(execution, outcome);
      record({ type: 'executionFinished', execution, outcome });
      ends.get(execution)?.abort(itHasEnded);
    },
    close(end) {
      if (closed) return;
      closed = true;
      record({ type: 'batchFinished', end });
    },
    outcomeOf: (execution) => outcomes.get(execution),
    endOf(execution) {
      const end = ends.get(execution) ?? new AbortController();
      ends.set(execution, end);
      if (outcomes.has(execution)) end.abort(itHasEnded);
      return end.signal;
    },
  };
}

/** Settles when an execution has its outcome. */
export function whenEnded(end: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => void onAbort(end, () => resolve(undefined)));
}
