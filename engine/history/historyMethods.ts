import type { DeletedBatches, HistoryClient } from '../../core/protocol/history.ts';
import type { Clock } from '../../core/util/clock.ts';
import { batchIds, type HistoryLayout } from './layout.ts';
import { deleteBatch } from './deleteBatch.ts';
import { recoverBatches } from './recover.ts';
import { queryHistory } from './queryHistory.ts';
import type { HistoryStore } from './scan.ts';

export type HistoryDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly history: HistoryStore;
  /** Batches that run in this engine. */
  readonly batches: ReadonlyMap<string, unknown>;
};

/** What a client may ask of the history as a whole. */
export function historyMethods({ layout, clock, history, batches }: HistoryDeps): HistoryClient {
  return {
    async history(query) {
      await recoverBatches(layout, clock);
      return { ok: true, value: { ...(await queryHistory(history, layout, query)), notes: [] } };
    },
    async deleteBatches(request) {
      const deleted: string[] = [];
      const refused: DeletedBatches['refused'][number][] = [];
      for (const batch of request.batches) {
        const message = batches.has(batch)
          ? 'It runs. Stop it first, or wait for its end.'
          : await deleteBatch(layout, batch);
        if (message === undefined) deleted.push(batch);
        else refused.push({ batch, message });
      }
      return { ok: true, value: { deleted, refused } };
    },
    async rebuildHistory() {
      return { ok: true, value: { batches: (await batchIds(layout)).length, notes: [] } };
    },
  };
}
