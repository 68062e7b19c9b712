import type {
  DeleteBatches,
  DeletedBatches,
  HistoryPage,
  HistoryQuery,
  RebuiltHistory,
} from '../../core/protocol/history.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import type { EngineLog } from '../log/engineLog.ts';
import { deleteBatch, itRuns } from './deleteBatch.ts';
import { feedIndex, type FeedDeps } from './index/feed.ts';
import { createHistoryIndex } from './index/historyIndex.ts';
import type { HistoryLayout } from './layout.ts';
import type { Unsaved } from './unsaved.ts';
import { queryHistory } from './queryHistory.ts';
import { createLogScan } from './scan.ts';

export type HistoryDeps = Omit<FeedDeps, 'write' | 'isSaved'> & {
  readonly unsaved: Pick<Unsaved, 'get'>;
  readonly layout: HistoryLayout;
  readonly log: Pick<EngineLog, 'note'>;
};

/** Everything that was run, here and by other processes of the user. */
export type History = {
  query(query: HistoryQuery): Promise<HistoryPage>;
  remove(request: DeleteBatches): Promise<DeletedBatches>;
  rebuild(): Promise<Result<RebuiltHistory>>;
  /** Brings the index in step with what is on disk. */
  catchUp(): Promise<void>;
  /** Gives room that is no longer needed back to the disk. */
  shrink(): Promise<void>;
  /** Writes what waits. */
  close(): Promise<void>;
};

export function createHistory(deps: HistoryDeps): History {
  const { layout, batches, log } = deps;
  const isOurs = (id: string): boolean => batches.has(id);
  const index = createHistoryIndex({ ...deps, isOurs, otherwise: createLogScan(layout) });
  const isSaved = (id: string): boolean => deps.unsaved.get(id) === undefined;
  const feed = feedIndex({ ...deps, isSaved, write: index.write });
  const query = async (asked: HistoryQuery): Promise<HistoryPage> => {
    await feed.flush();
    index.refresh();
    const page = await queryHistory(index, layout, asked);
    const notes = index.takeNotes();
    for (const message of notes) log.note({ level: 'warn', event: 'history', message });
    return { ...page, notes };
  };
  return {
    query,
    async remove(request) {
      const deleted: string[] = [];
      const refused: DeletedBatches['refused'][number][] = [];
      for (const batch of request.batches) {
        const message = isOurs(batch) ? itRuns : await deleteBatch(layout, batch);
        if (message === undefined) deleted.push(batch);
        else refused.push({ batch, message });
      }
      await index.remove(deleted);
      return { deleted, refused };
    },
    async rebuild() {
      const isDone = await index.rebuild();
      const { found, notes } = await query({ pageSize: 1 });
      if (!isDone) return refuse('HISTORY_UNWRITABLE', notes.join(' ') || 'The index can not be made anew.');
      return { ok: true, value: { batches: found, notes } };
    },
    catchUp: index.catchUp,
    shrink: index.shrink,
    async close() {
      await feed.flush();
      await index.close();
    },
  };
}
