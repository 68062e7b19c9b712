import type { BatchEvents } from '../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable, Emitter } from '../../core/util/emitter.ts';
import { readEventLog } from '../history/eventLog.ts';
import { followLog } from '../history/followLog.ts';
import { batchFiles, type HistoryLayout } from '../history/layout.ts';
import type { Owner } from '../history/owner.ts';
import { recoverBatch } from '../history/recover.ts';
import { seenFromElsewhere } from './seenFrom.ts';

/** A batch of another process that is followed. */
export type Followed = Disposable & { state(): BatchState };

type FollowDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly events: Emitter<BatchEvents>;
};

/** Follows the log of a batch to its end. Undefined where the batch has no beginning yet, or has ended. */
export async function followOther(
  batch: string,
  owner: Owner,
  { layout, clock, events: emitter }: FollowDeps,
): Promise<Followed | undefined> {
  const files = batchFiles(layout, batch);
  const seen = seenFromElsewhere(owner);
  const log = await readEventLog(files.events).catch(() => undefined);
  const begun = log ? seen(log.events) : [];
  let state = reduceAll(undefined, begun);
  if (!log || state?.status !== 'running') return undefined;
  emitter.fire({ batch, events: begun });
  const following = followLog(files.events, {
    clock,
    from: log.validBytes,
    onEvents(fresh) {
      const events = seen(fresh);
      state = reduceAll(state, events);
      if (events.length > 0) emitter.fire({ batch, events });
      if (state?.status !== 'running') following.dispose();
    },
    // Where its process has died, what is missing at its end comes the same way.
    onQuiet: () => recoverBatch(layout, batch).catch(() => undefined),
  });
  const before = state;
  return { state: () => state ?? before, dispose: () => following.dispose() };
}
