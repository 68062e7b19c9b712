// A process of several that write batches at once: `writer.ts FOLDER FIRST COUNT`. Prints what it was told, as JSON.
import type { BatchEvents } from '../../../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../../../core/run/state.ts';
import { Emitter } from '../../../../core/util/emitter.ts';
import { systemClock } from '../../../../engine/clock.ts';
import { createHistory } from '../../../../engine/history/history.ts';
import { historyLayout } from '../../../../engine/history/layout.ts';
import { type Batch, eventsOf, idOf, writeBatch } from '../batches.ts';

const [folder = '', first = '', count = ''] = process.argv.slice(2);
const layout = historyLayout(folder);
const events = new Emitter<BatchEvents>();
const batches = new Map<string, { state(): BatchState | undefined }>();
const history = createHistory({
  layout,
  clock: systemClock,
  batches,
  events: events.event,
  log: { note() {} },
  unsaved: new Map(),
});
const notes: string[] = [];
for (let n = Number(first); n < Number(first) + Number(count); n++) {
  const outcome = { status: 'ok' } as const;
  const batch: Batch = { id: idOf(n), at: n, ran: [{ node: `web${n}`, tags: ['prod'], outcome }] };
  writeBatch(layout, batch);
  const all = eventsOf(batch);
  batches.set(batch.id, { state: () => reduceAll(undefined, all) });
  events.fire({ batch: batch.id, events: all });
  batches.delete(batch.id);
  if (n % 3 === 0) notes.push(...(await history.query({ pageSize: 1 })).notes);
}
await history.close();
process.stdout.write(JSON.stringify(notes));
