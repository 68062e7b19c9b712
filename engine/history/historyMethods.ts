import type { HistoryClient } from '../../core/protocol/history.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { History } from './history.ts';
import type { HistoryLayout } from './layout.ts';
import { recoverBatches } from './recover.ts';

export type HistoryDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly history: History;
  /** Hears of batches that a dead process left. */
  readonly onRecovered: (batch: string) => void;
};

/** What a client may ask of the history as a whole. */
export function historyMethods({ layout, clock, history, onRecovered }: HistoryDeps): HistoryClient {
  return {
    async history(query) {
      for (const batch of await recoverBatches(layout, clock)) onRecovered(batch);
      return { ok: true, value: await history.query(query) };
    },
    deleteBatches: async (request) => ({ ok: true, value: await history.remove(request) }),
    rebuildHistory: () => history.rebuild(),
  };
}
