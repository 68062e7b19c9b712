import type { EngineClient } from '../../core/protocol/client.ts';
import type { Result } from '../../core/util/errors.ts';
import { findBatch } from '../batches/findBatch.ts';

/** The batch that was named, or the newest `last`, the oldest of them first. */
export async function findBatches(
  client: Pick<EngineClient, 'batches' | 'history'>,
  { batch, last }: { readonly batch?: string | undefined; readonly last: number },
): Promise<Result<readonly string[]>> {
  if (batch === undefined && last > 1) {
    const ids = (await client.batches()).map(({ id }) => id);
    return { ok: true, value: ids.slice(0, last).reverse() };
  }
  const found = await findBatch(client, batch);
  return found.ok ? { ok: true, value: [found.value] } : found;
}
