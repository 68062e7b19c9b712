import { recordOfState, tagsIn, type TagsOf } from '../../../core/history/record.ts';
import type { BatchEvents } from '../../../core/run/events.ts';
import type { Clock } from '../../../core/util/clock.ts';
import type { Disposable, Event } from '../../../core/util/emitter.ts';
import type { RunningBatch } from '../../batch.ts';
import type { Entry } from './writeRecord.ts';

export type FeedDeps = {
  /** Events of all batches, once they are in their logs. */
  readonly events: Event<BatchEvents>;
  /** Batches that run in this engine. */
  readonly batches: ReadonlyMap<string, Pick<RunningBatch, 'state'>>;
  readonly clock: Clock;
  /** Whether the disk has everything of a batch that has ended: the index says nothing that the logs do not. */
  readonly isSaved: (id: string) => boolean;
  readonly write: (entries: readonly Entry[]) => Promise<void>;
};

export type IndexFeed = {
  /** Writes what waits, and settles when it is written. */
  flush(): Promise<void>;
};

/** Milliseconds over which what happens to batches is gathered before it is written. */
const gatherMs = 500;

type Fed = { readonly tagsOf: TagsOf; batch?: Pick<RunningBatch, 'state'> };

/**
 * Writes what becomes of the batches of this engine into the index, all of them together and never between an event and
 * those who wait for it. A batch that it misses is found by `catchUp`.
 */
export function feedIndex({ events, batches, clock, isSaved, write }: FeedDeps): IndexFeed {
  const fed = new Map<string, Fed>();
  const waiting = new Set<string>();
  let timer: Disposable | undefined;
  const entryOf = (id: string): Entry | undefined => {
    const { batch, tagsOf } = fed.get(id) ?? {};
    const state = batch?.state();
    if (!state || !tagsOf) return undefined;
    if (state.status !== 'running') {
      fed.delete(id);
      if (!isSaved(id)) return undefined;
    }
    return { record: recordOfState(state, tagsOf) };
  };
  const flush = async (): Promise<void> => {
    timer?.dispose();
    timer = undefined;
    const entries = [...waiting].map(entryOf).filter((entry) => entry !== undefined);
    waiting.clear();
    if (entries.length > 0) await write(entries);
  };
  events(({ batch: id, events: some }) => {
    if (some.some(({ type }) => type === 'batchStarted')) fed.set(id, { tagsOf: tagsIn(some) });
    const mine = fed.get(id);
    const batch = batches.get(id);
    if (!mine) return;
    if (batch) mine.batch = batch;
    // It ended before it was one of the running ones, or belongs to another process.
    else if (!mine.batch && some.some(({ type }) => type === 'batchFinished')) fed.delete(id);
    waiting.add(id);
    timer ??= clock.after(gatherMs, () => void flush());
  });
  return { flush };
}
