import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../core/util/errors.ts';
import { batchFiles, type HistoryLayout, isBatchId } from './layout.ts';
import { livingOwner } from './owner.ts';
import { codeOf } from '../codeOf.ts';

/** Why a batch that is not over is not deleted. */
export const itRuns = 'It runs. Stop it first, or wait for its end.';

/** What a folder that is being deleted begins with. */
export const leavingPrefix = 'deleted-';

/**
 * Deletes a batch with everything that it has: log, output, connection logs. Undefined when it is gone, else why not.
 * The folder first gets a name that is no batch's, so that nobody finds half of one.
 */
export async function deleteBatch(layout: HistoryLayout, batch: string): Promise<string | undefined> {
  if (!isBatchId(batch)) return 'There is no such batch.';
  const { folder, owner } = batchFiles(layout, batch);
  if (await livingOwner(owner)) return itRuns;
  const leaving = join(layout.batches, `${leavingPrefix}${batch}`);
  try {
    await rename(folder, leaving);
  } catch (error) {
    const gone = codeOf(error) === 'ENOENT';
    return gone ? 'There is no such batch.' : messageOf(error);
  }
  await rm(owner, { force: true });
  await rm(leaving, { recursive: true, force: true }).catch(() => undefined);
  return undefined;
}
