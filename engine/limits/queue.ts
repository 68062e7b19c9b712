import { type QueueState, queueRefusal } from '../../core/run/schedule/queue.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';
import type { RunningBatch } from '../batch.ts';

/** The one queue of an engine. It is bounded, so that nothing can be asked of it without end. */
export type Queue = {
  state(limit: number): QueueState;
  /** Room for so many executions, until the batch is there or has failed to start. Refused where there is none. */
  reserve(count: number, limit: number): Result<Disposable>;
};

/** Counts what the batches of an engine have running and waiting, and what is about to start. */
export function createQueue(batches: ReadonlyMap<string, RunningBatch>): Queue {
  let reserved = 0;
  const state = (limit: number): QueueState => {
    let running = 0;
    let queued = reserved;
    for (const batch of batches.values()) {
      const counts = batch.state()?.counts;
      if (!counts) continue;
      running += counts.connecting + counts.running;
      queued += counts.queued + counts.waiting;
    }
    return { running, queued, limit };
  };
  return {
    state,
    reserve(count, limit) {
      const error = queueRefusal(state(limit), count);
      if (error) return { ok: false, error };
      reserved += count;
      let isOver = false;
      const dispose = (): void => {
        if (!isOver) reserved -= count;
        isOver = true;
      };
      return { ok: true, value: { dispose } };
    },
  };
}
