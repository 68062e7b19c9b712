import { onAbort } from '../util/abort.ts';
import type { RunEvent } from './events.ts';
import type { StopReason } from './executionContext.ts';
import type { Ledger } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** Somebody's wish to stop, as signals: the whole batch, what has not started, or one execution. */
export type StopSignals = { all: AbortSignal; queued: AbortSignal; of(execution: string): AbortSignal };

export type Halts = {
  /** A controller for an execution that starts now. */
  begin(execution: string): AbortController;
  /** The execution waits for a person: stopping ends it at once. */
  park(execution: string): void;
  /** What has not started ends like this; what runs goes on. */
  endWaiting(outcome: Outcome): void;
  /** What has not started ends like this; what runs is aborted. */
  endAll(outcome: Outcome): void;
  /** Whether nothing further may start. */
  isHalted(): boolean;
};

const neverStarted: Outcome = { status: 'cancelled', remote: 'never-started' };

/** Turns wishes to stop into outcomes: what waits ends at once, what runs is aborted and ends by itself. */
export function watchHalts(plan: Plan, stop: StopSignals, ledger: Ledger): Halts {
  const running = new Map<string, AbortController>();
  let halted = false;
  const endWaiting = (outcome: Outcome): void => {
    halted = true;
    for (const { id } of plan.executions) if (!running.has(id)) ledger.finish(id, outcome);
  };
  const abortRunning = (reason: StopReason): void => {
    for (const [id, controller] of running) if (!ledger.outcomeOf(id)) controller.abort(reason);
  };
  const request = (which: 'all' | 'queued'): RunEvent => ({ type: 'cancelRequested', which });
  onAbort(stop.all, () => {
    ledger.note(request('all'));
    endWaiting(neverStarted);
    abortRunning('cancelled');
  });
  onAbort(stop.queued, () => {
    ledger.note(request('queued'));
    endWaiting(neverStarted);
  });
  for (const { id } of plan.executions) {
    onAbort(stop.of(id), () => {
      ledger.note({ type: 'cancelRequested', which: 'execution', execution: id });
      const controller = running.get(id);
      if (controller) controller.abort('cancelled' satisfies StopReason);
      else ledger.finish(id, neverStarted);
    });
  }
  return {
    begin(execution) {
      const controller = new AbortController();
      running.set(execution, controller);
      return controller;
    },
    park(execution) {
      running.delete(execution);
      if (halted) ledger.finish(execution, neverStarted);
    },
    endWaiting,
    endAll(outcome) {
      endWaiting(outcome);
      abortRunning('fail-fast');
    },
    isHalted: () => halted,
  };
}
