import type { OutcomeStatus } from './outcome.ts';
import type { RerunChoice } from './rerunChoice.ts';
import type { BatchState, ExecutionState } from './state.ts';

/** What an execution counts as when its batch is run again; what was skipped is only part of all. */
export type RerunClass = 'ok' | 'failed' | 'not-started' | 'skipped';

/** By outcome; one whose process was never started counts as not started, whatever it is called. */
const classOf: Readonly<Record<OutcomeStatus, RerunClass>> = {
  ok: 'ok',
  failed: 'failed',
  signalled: 'failed',
  'timed-out': 'failed',
  unreachable: 'failed',
  lost: 'failed',
  refused: 'failed',
  cancelled: 'failed',
  skipped: 'skipped',
  'not-started': 'not-started',
  interrupted: 'failed',
  crashed: 'failed',
};

/** Undefined before its end. */
export function rerunClass(execution: Pick<ExecutionState, 'outcome' | 'stoppedAt'>): RerunClass | undefined {
  const { outcome } = execution;
  if (!outcome) return undefined;
  const neverStarted = 'remote' in outcome && outcome.remote === 'never-started';
  return neverStarted ? 'not-started' : classOf[outcome.status];
}

/** The executions that a choice is about, in the order of the batch. */
export function executionsToRerun(
  { executions }: Pick<BatchState, 'executions'>,
  which: RerunChoice,
): readonly ExecutionState[] {
  const isMeant = (execution: ExecutionState): boolean =>
    which === 'all' || which === 'nodes' || rerunClass(execution) === which;
  return executions.filter(isMeant);
}

/** The nodes that a choice is about, each once, in the order of the batch. */
export function nodesToRerun(batch: Pick<BatchState, 'executions'>, which: RerunChoice): string[] {
  return [...new Set(executionsToRerun(batch, which).map(({ node }) => node))];
}

/** A choice in a sentence about nodes of a batch: `nodes that failed`. */
export const rerunWords: Readonly<Record<RerunChoice, string>> = {
  all: 'nodes',
  failed: 'nodes that failed',
  'not-started': 'nodes that were not started',
  ok: 'nodes that were ok',
  nodes: 'chosen nodes',
};
