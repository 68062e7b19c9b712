import type { BatchEvents } from '../../core/protocol/client.ts';
import type { Event } from '../../core/util/emitter.ts';
import type { RunningBatch } from '../batch.ts';
import { entryOf } from './entries.ts';
import type { EngineLog } from './engineLog.ts';

/** Events of all batches of an engine. */
export type BatchFeed = Event<BatchEvents>;

type Watching = {
  readonly feed: BatchFeed;
  readonly batches: ReadonlyMap<string, RunningBatch>;
  readonly log: EngineLog;
};

/** Writes what happens to batches into the engine's log. */
export function watchBatches({ feed, batches, log }: Watching): void {
  feed(({ batch, events }) => {
    for (const event of events) {
      const entry = entryOf(batch, event, () => batches.get(batch)?.state());
      if (entry) log.add(event.at, entry);
    }
  });
}
