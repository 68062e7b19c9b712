import { createRecorder, type Recorder } from '../../core/log/recorder.ts';
import type { BatchEvents } from '../../core/run/events.ts';
import type { Disposable, Event } from '../../core/util/emitter.ts';
import type { EngineLog } from './engineLog.ts';

/** Events of all batches of an engine. */
export type BatchFeed = Event<BatchEvents>;

/** Writes what happens to batches into the engine's log. */
export function watchBatches(feed: BatchFeed, log: EngineLog): Disposable {
  const recorders = new Map<string, Recorder>();
  return feed(({ batch, events }) => {
    const recorder = recorders.get(batch) ?? createRecorder(batch);
    log.add(events.flatMap((event) => recorder(event) ?? []));
    // Only the report of a later stop comes after the end.
    if (events.some(({ type }) => type === 'batchFinished' || type === 'stopReport')) recorders.delete(batch);
    else recorders.set(batch, recorder);
  });
}
