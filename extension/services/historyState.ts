import { isDeepStrictEqual } from 'node:util';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import { Emitter, type Event } from '../../core/util/emitter.ts';
import type { Refusal } from '../../core/util/errors.ts';
import { type HistoryFilter, historyQueryOf } from '../model/historyFilter.ts';
import type { EngineLink } from './engineLink.ts';
import { newestBatches } from './historyPages.ts';
import { oneAtATime } from './oneAtATime.ts';

/** What is known of the history. */
export type History = {
  /** The newest first, as many as a person wanted to see. */
  readonly batches: readonly BatchSummary[];
  /** How many there are. */
  readonly found: number;
  /** Why there are none. */
  readonly problem?: Refusal;
};

/** The part of the history that a person looks at. It is asked for again; a change is told. */
export type HistoryState = {
  /** Undefined until it was asked for. */
  readonly history: History | undefined;
  readonly filter: HistoryFilter;
  setFilter(filter: HistoryFilter): Promise<void>;
  refresh(): Promise<void>;
  showMore(): Promise<void>;
  readonly onDidChange: Event<History>;
};

const step = 50;

/** @param tell is given what a person should know about the history itself, once */
export function createHistoryState(link: EngineLink, tell: (note: string) => void): HistoryState {
  const changed = new Emitter<History>();
  const asks = oneAtATime<void>();
  let count = step;
  let filter: HistoryFilter = {};
  let history: History | undefined;

  const ask = async (): Promise<void> => {
    const found = await newestBatches(link, historyQueryOf(filter, Date.now()), count);
    if (found.ok) found.value.notes?.forEach(tell);
    const next: History = found.ok
      ? { batches: found.value.rows, found: found.value.found }
      : { batches: [], found: 0, problem: found.error };
    const goesOn = next.batches.some(({ status }) => status === 'running');
    if (!goesOn && isDeepStrictEqual(next, history)) return;
    history = next;
    changed.fire(next);
  };
  const refresh = (): Promise<void> => asks.run(ask);
  return {
    get history() {
      return history;
    },
    get filter() {
      return filter;
    },
    refresh,
    setFilter(next) {
      filter = next;
      count = step;
      return refresh();
    },
    showMore() {
      count += step;
      return refresh();
    },
    onDidChange: changed.event,
  };
}
