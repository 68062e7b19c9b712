import type { EngineClient } from '../../core/protocol/client.ts';
import { plural } from '../../core/run/format.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { noBatch } from '../../core/history/notFound.ts';

/** Batches that are named where an end of an id fits several. */
const mostNamed = 10;

/** The batch with this id, or whose id ends like this; without one, the newest. */
export async function findBatch(
  client: Pick<EngineClient, 'batches' | 'history'>,
  wanted: string | undefined,
): Promise<Result<string>> {
  if (wanted === undefined) return newest(client);
  if (wanted.length === 26) return { ok: true, value: wanted.toUpperCase() };
  if (wanted === '' || wanted.length > 26) return noBatch(wanted);
  const page = await client.history({ batch: wanted, pageSize: mostNamed });
  if (!page.ok) return page;
  const { batches, found } = page.value;
  const ids = batches.map(({ id }) => id);
  const [first] = ids;
  if (first === undefined) return noBatch(wanted);
  if (found === 1) return { ok: true, value: first };
  const message = `${plural(found, 'batch', 'batches')} end in ${wanted}: ${ids.join(', ')}${found > ids.length ? ', …' : ''}. Write more of the id.`;
  return { ok: false, error: { code: 'USAGE', message, details: ids } };
}

async function newest(client: Pick<EngineClient, 'batches'>): Promise<Result<string>> {
  const [batch] = await client.batches();
  if (batch) return { ok: true, value: batch.id };
  return refuse('NOT_FOUND', 'Nothing has been run yet. "muster run" starts a batch.');
}
