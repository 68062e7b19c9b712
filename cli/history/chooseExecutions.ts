import type { EngineClient } from '../../core/protocol/client.ts';
import type { ExecutionStatus } from '../../core/run/state.ts';
import { expandNames } from '../../core/selection/nodeset.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import type { Wanted } from '../../engine/history/export/exportInput.ts';
import { findBatch } from '../batches/findBatch.ts';

export type ChoiceFlags = { readonly status?: readonly ExecutionStatus[]; readonly nodes?: string };

const mostNodes = 5000;

/** The batch that is meant, and which of its nodes. */
export async function chooseExecutions(
  client: EngineClient,
  wanted: string | undefined,
  { status, nodes }: ChoiceFlags,
): Promise<Result<Wanted>> {
  const batch = await findBatch(client, wanted);
  if (!batch.ok) return batch;
  const named = nodes === undefined ? undefined : expandNames(nodes, mostNodes);
  const problem = named?.problems[0];
  if (problem) return refuse('SELECTION_SYNTAX', problem.message);
  const value = {
    batch: batch.value,
    ...(status && { statuses: status }),
    ...(named && { nodes: named.names }),
  };
  return { ok: true, value };
}
