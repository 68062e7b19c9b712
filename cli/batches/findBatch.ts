import type { EngineClient } from '../../core/protocol/client.ts';
import type { Result } from '../../core/util/errors.ts';

/** The batch with this id, or whose id ends like this; without one, the newest. */
export async function findBatch(
  client: Pick<EngineClient, 'batches'>,
  wanted: string | undefined,
): Promise<Result<string>> {
  if (wanted !== undefined && wanted.length === 26) return { ok: true, value: wanted.toUpperCase() };
  const batches = await client.batches();
  const ids = batches.map(({ id }) => id);
  const found =
    wanted === undefined ? ids.slice(0, 1) : ids.filter((id) => id.endsWith(wanted.toUpperCase()));
  const [first, ...more] = found;
  if (first !== undefined && more.length === 0) return { ok: true, value: first };
  if (first !== undefined) {
    const message = `Several batches end in ${wanted}: ${found.join(', ')}. Write more of the id.`;
    return { ok: false, error: { code: 'USAGE', message, details: found } };
  }
  const message =
    wanted === undefined
      ? 'Nothing has been run yet. "muster run" starts a batch.'
      : `There is no batch ${wanted}. "muster batches" lists those that there are.`;
  return { ok: false, error: { code: 'NOT_FOUND', message } };
}
