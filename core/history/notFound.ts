import { shortId } from '../run/format.ts';
import { refuse, type Result } from '../util/errors.ts';

/** Refuses with NOT_FOUND what is asked of a batch that is not there; `wanted`: its id, or what was taken for one. */
export function noBatch(wanted: string): Result<never> {
  return refuse('NOT_FOUND', `There is no batch ${wanted}. "muster history list" has those that there are.`);
}

/** Refuses with NOT_FOUND what is asked of a node that the batch does not have. */
export function noNodeIn(batch: string, node: string): Result<never> {
  const id = shortId(batch);
  return refuse(
    'NOT_FOUND',
    `Batch ${id} has no node ${node}. "muster status ${id}" lists those that it has.`,
    ['status', id],
  );
}
