import type { LoggedEvent } from '../run/events.ts';
import { isOfExecution } from '../run/executionState.ts';
import { ratesOf } from '../run/metrics.ts';
import type { OutcomeStatus } from '../run/outcome.ts';
import type { BatchState } from '../run/state.ts';
import { aboutBatch, type Said } from './aboutBatch.ts';
import { aboutExecution, type Doing } from './aboutExecution.ts';
import { correlationOf, type LogRecord } from './record.ts';

/** Turns the events of one batch, in order, into records; those that nobody reads about become none. */
export type Recorder = (event: LoggedEvent) => LogRecord | undefined;

/** A fold over the events of one batch. `known` stands for the events before the first, where they were not seen. */
export function createRecorder(batch: string, known?: BatchState): Recorder {
  let startedAt = known?.startedAt ?? 0;
  const doing = new Map<string, Doing>(known?.executions.map((each) => [each.id, { ...each }]));
  const counts: Partial<Record<OutcomeStatus, number>> = {};
  for (const { outcome } of known?.executions ?? []) if (outcome) count(counts, outcome.status);

  const learn = (event: LoggedEvent): void => {
    if (event.type === 'batchStarted') {
      startedAt = event.at;
      for (const { id, node } of event.plan.executions) doing.set(id, { node, attempts: 0 });
    }
    if (event.type === 'executionFinished') count(counts, event.outcome.status);
    const execution = isOfExecution(event) ? doing.get(event.execution) : undefined;
    if (!execution) return;
    if (event.type === 'executionStarted') execution.attempts = 1;
    if (event.type === 'attemptStarted') execution.attempts = event.attempt;
    if (event.type === 'executionStarted') execution.startedAt = event.at;
  };
  const saidOf = (event: LoggedEvent): Said | undefined => {
    if (isOfExecution(event)) return aboutExecution(event, doing.get(event.execution));
    if (event.type !== 'batchFinished') return aboutBatch(event);
    const durationMs = event.at - startedAt;
    return aboutBatch(event, { counts, ...ratesOf(counts, durationMs) });
  };
  return (event) => {
    learn(event);
    const said = saidOf(event);
    if (!said) return undefined;
    const execution = 'execution' in event ? event.execution : undefined;
    return {
      time: new Date(event.at).toISOString(),
      level: said.level,
      event: event.type,
      message: said.message,
      batch,
      ...whereOf(batch, execution, doing.get(execution ?? '')),
      seq: event.seq,
      ...(said.fields && { fields: said.fields }),
    };
  };
}

function whereOf(
  batch: string,
  execution: string | undefined,
  doing: Doing | undefined,
): Pick<LogRecord, 'node' | 'execution' | 'correlation'> {
  if (execution === undefined) return {};
  return {
    ...(doing && { node: doing.node }),
    execution,
    ...(doing && doing.attempts > 0 && { correlation: correlationOf(batch, execution, doing.attempts) }),
  };
}

function count(counts: Partial<Record<OutcomeStatus, number>>, status: OutcomeStatus): void {
  counts[status] = (counts[status] ?? 0) + 1;
}
