import type { LoggedEvent } from '../../core/run/events.ts';
import type { BatchEnd, Outcome, OutcomeStatus } from '../../core/run/outcome.ts';
import type { Plan } from '../../core/run/plan.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import { batchEnd } from '../../core/run/outcome.ts';

export const batchId = '01JBATCH';

/** The events of a batch from its start, on nodes `n1`, `n2` …, up to the outcomes that are given. */
export function eventsOf(command: string, nodes: number, outcomes: readonly OutcomeStatus[]): LoggedEvent[] {
  const bodies = [
    { type: 'batchStarted' as const, batch: batchId, user: 'ada', plan: planOf(command, nodes) },
    ...outcomes.map((status, at) => ({
      type: 'executionFinished' as const,
      execution: `e${at + 1}`,
      outcome: outcomeOf(status),
    })),
  ];
  return bodies.map((body, at) => ({ seq: at + 1, at: 1000 + at, ...body }));
}

export function running(command: string, nodes: number): BatchState {
  return stateOf(eventsOf(command, nodes, []));
}

export function ended(command: string, outcomes: readonly OutcomeStatus[], end?: BatchEnd): BatchState {
  return stateOf([...eventsOf(command, outcomes.length, outcomes), finished(outcomes, end)]);
}

export function finished(outcomes: readonly OutcomeStatus[], end?: BatchEnd): LoggedEvent {
  return {
    seq: outcomes.length + 2,
    at: 5000,
    type: 'batchFinished',
    end: end ?? batchEnd(outcomes, undefined),
  };
}

export function stateOf(events: readonly LoggedEvent[]): BatchState {
  const state = reduceAll(undefined, events);
  if (!state) throw new Error('These events start no batch.');
  return state;
}

function planOf(command: string, nodes: number): Plan {
  const action = { type: 'command' as const, command };
  return {
    version: 1,
    request: { action, selection: 'all', sources: [] },
    action,
    targets: [],
    executions: Array.from({ length: nodes }, (_, at) => ({ id: `e${at + 1}`, node: `n${at + 1}` })),
    strategy: { mode: 'parallel', concurrency: 10, stopOnFailure: false },
    limits: { timeoutMs: 1000, connectTimeoutMs: 1000 },
    hash: '',
  };
}

function outcomeOf(status: OutcomeStatus): Outcome {
  if (status === 'ok') return { status };
  if (status === 'not-started') return { status, reason: 'stopped at the first failure' };
  if (status === 'cancelled') return { status, remote: 'stopped' };
  return { status: 'failed', step: 'command', message: 'exit 1', exitCode: 1 };
}
