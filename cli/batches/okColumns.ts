import type { BatchSummary } from '../../core/protocol/batch.ts';

/** Two columns of a batch in one line: how many went well of how many nodes, and how many did not. */
export function okColumns({ completed, failures, nodes }: BatchSummary): readonly string[] {
  return [`${completed - failures} of ${nodes} ok`, failures > 0 ? `${failures} not ok` : ''];
}
