import type { BatchEvents } from '../../../../core/run/events.ts';
import { Emitter } from '../../../../core/util/emitter.ts';
import { systemClock } from '../../../../engine/clock.ts';
import { createHistory, type History } from '../../../../engine/history/history.ts';
import type { HistoryLayout } from '../../../../engine/history/layout.ts';

/** The history of an engine in which nothing runs. */
export function openHistory(layout: HistoryLayout): History {
  const events = new Emitter<BatchEvents>();
  return createHistory({
    layout,
    clock: systemClock,
    batches: new Map(),
    events: events.event,
    log: { note() {} },
    unsaved: new Map(),
  });
}
