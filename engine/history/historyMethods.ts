import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { HistoryClient } from '../../core/protocol/history.ts';
import { summaryOf } from '../../core/history/summary.ts';
import type { Archive } from './archive.ts';
import type { History } from './history.ts';
import { batchFiles, type HistoryLayout } from './layout.ts';
import { livingOwner, ownerText } from './owner.ts';
import { recoverBatches } from './recover.ts';

export type HistoryDeps = {
  readonly layout: HistoryLayout;
  readonly history: History;
  readonly archive: Archive;
  /** Batches that run in this engine. */
  readonly batches: ReadonlyMap<string, unknown>;
  /** Hears of batches that a dead process left. */
  readonly onRecovered: (batch: string) => void;
};

/** What a client may ask of the history as a whole. */
export function historyMethods(deps: HistoryDeps): HistoryClient {
  const { layout, history, archive, onRecovered } = deps;
  const withOwner = async (batch: BatchSummary): Promise<BatchSummary> => {
    if (batch.status !== 'running' || deps.batches.has(batch.id)) return batch;
    // It may have ended where the disk did not take it, or be nobody's where its end can not be written.
    const state = await archive.read(batch.id);
    if (state && state.status !== 'running') return summaryOf(state);
    const owner = await livingOwner(batchFiles(layout, batch.id).owner);
    return owner ? { ...batch, elsewhere: ownerText(owner) } : batch;
  };
  return {
    async history(query) {
      for (const batch of await recoverBatches(layout)) onRecovered(batch);
      const page = await history.query(query);
      return { ok: true, value: { ...page, batches: await Promise.all(page.batches.map(withOwner)) } };
    },
    deleteBatches: async (request) => ({ ok: true, value: await history.remove(request) }),
    rebuildHistory: () => history.rebuild(),
  };
}
