import type { EngineClient } from '../../core/protocol/client.ts';
import type { ExecutionStatus } from '../../core/run/state.ts';
import type { Result } from '../../core/util/errors.ts';
import type { Wanted } from '../../engine/history/export/exportInput.ts';
import { findBatch } from '../batches/findBatch.ts';
import { readNodeNames } from '../nodeNames.ts';

export type ChoiceFlags = { readonly status?: readonly ExecutionStatus[]; readonly nodes?: string };

/** The batch that is meant, and which of its nodes. */
export async function chooseExecutions(
  client: EngineClient,
  wanted: string | undefined,
  { status, nodes }: ChoiceFlags,
): Promise<Result<Wanted>> {
  const batch = await findBatch(client, wanted);
  if (!batch.ok) return batch;
  const named = nodes === undefined ? undefined : readNodeNames(nodes);
  if (named && !named.ok) return named;
  const value = {
    batch: batch.value,
    ...(status && { statuses: status }),
    ...(named && { nodes: named.value }),
  };
  return { ok: true, value };
}
