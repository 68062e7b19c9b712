import { readdir } from 'node:fs/promises';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { followLog } from '../history/followLog.ts';
import { batchFiles, type HistoryLayout, isBatchId } from '../history/layout.ts';
import { recoverBatch } from '../history/recover.ts';
import { watchPath } from '../history/watchPath.ts';

export type FollowDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly onEvents: (batch: string, events: readonly LoggedEvent[]) => void;
};

/** Tells all events of a batch, from its first, as they are written by whichever process; calls `onEnd` after its last. */
export function followEvents(batch: string, deps: FollowDeps, onEnd: () => void = () => {}): Disposable {
  const { layout, clock, onEvents } = deps;
  const following = followLog(batchFiles(layout, batch).events, {
    clock,
    from: 0,
    onEvents(events) {
      onEvents(batch, events);
      if (!events.some(({ type }) => type === 'batchFinished')) return;
      following.dispose();
      onEnd();
    },
    // Where its process has died, what is missing at its end comes the same way.
    onQuiet: () => recoverBatch(layout, batch).catch(() => false),
  });
  return following;
}

/** The same for all batches that run now and will, in any process. */
export function followAllEvents(deps: FollowDeps): Disposable {
  const { layout, clock } = deps;
  const followed = new Map<string, Disposable>();
  const look = async (): Promise<boolean> => {
    const running = (await readdir(layout.running).catch(() => []))
      .map((name) => name.replace(/\.json$/, ''))
      .filter(isBatchId);
    const fresh = running.filter((batch) => !followed.has(batch));
    for (const batch of fresh) followed.set(batch, followEvents(batch, deps));
    return fresh.length > 0;
  };
  const watching = watchPath(layout.running, { clock, look });
  return {
    dispose() {
      watching.dispose();
      for (const each of followed.values()) each.dispose();
    },
  };
}
