import type { ExecutionState } from './executionState.ts';
import type { RemoteFate } from './outcome.ts';

type End = Pick<ExecutionState, 'outcome' | 'stoppedAt'>;

/** What is known now about the process of an ended execution; undefined where its outcome says nothing about it. */
export function remoteOf({ outcome, stoppedAt }: End): RemoteFate | undefined {
  if (stoppedAt !== undefined) return 'stopped';
  return outcome && 'remote' in outcome ? outcome.remote : undefined;
}

export function mayStillRun(execution: End): boolean {
  return remoteOf(execution) === 'may-still-run';
}

/** Whether a process may be left on the node: also where the connection went away and nobody has looked since. */
export function mayBeLeft(execution: End): boolean {
  return (
    mayStillRun(execution) || (execution.outcome?.status === 'lost' && execution.stoppedAt === undefined)
  );
}
