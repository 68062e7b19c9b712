import type { HistoryClient } from '../../core/protocol/history.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { History } from './history.ts';
import type { HistoryLayout } from './layout.ts';
import { recoverBatches } from './recover.ts';

export type HistoryDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly history: History;
};

/** What a client may ask of the history as a whole. */
export function historyMethods({ layout, clock, history }: HistoryDeps): HistoryClient {
  return {
    async history(query) {
      await recoverBatches(layout, clock);
      return { ok: true, value: await history.query(query) };
    },
    deleteBatches: async (request) => ({ ok: true, value: await history.remove(request) }),
    rebuildHistory: () => history.rebuild(),
  };
}
