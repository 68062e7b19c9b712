import { homedir } from 'node:os';
import type { LoggedEvent } from '../../core/run/events.ts';
import { systemClock } from '../../engine/clock.ts';
import { historyLayout } from '../../engine/history/layout.ts';
import { followAllEvents, followEvents, type FollowDeps } from '../../engine/log/followEvents.ts';
import { dataDirOf } from '../dataDir.ts';
import type { Streams } from '../report.ts';
import { createEventLines, type EventForm } from './eventLines.ts';

type Following = EventForm & { readonly data?: string | undefined; readonly streams: Streams };

/** Prints the events of these batches to the end of each, and without any those of all that run, until it is ended. */
export async function followBatches(batches: readonly string[], following: Following): Promise<void> {
  const { data, streams } = following;
  const makers = new Map<string, (event: LoggedEvent) => string>();
  const deps: FollowDeps = {
    layout: historyLayout(dataDirOf(data, homedir())),
    clock: systemClock,
    onEvents(batch, events) {
      const lineOf = makers.get(batch) ?? createEventLines(batch, following);
      makers.set(batch, lineOf);
      streams.out(events.map(lineOf).join(''));
    },
  };
  if (batches.length === 0) {
    const all = followAllEvents(deps);
    await new Promise((resolve) => streams.onReaderGone(() => resolve(undefined)));
    all.dispose();
  }
  await Promise.all(
    batches.map((batch) => new Promise<void>((resolve) => void followEvents(batch, deps, resolve))),
  );
  await streams.drained();
}
