import { decodeTime } from 'ulid';
import { createRecorder } from '../../core/log/recorder.ts';
import { isAtLeast, type LogLevel, type LogRecord } from '../../core/log/record.ts';
import { type Counters, createTally, type Tally } from '../../core/log/tally.ts';
import type { LogClient } from '../../core/protocol/log.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { Result } from '../../core/util/errors.ts';
import { readEventLog } from '../history/eventLog.ts';
import { batchFiles, batchIds, type HistoryLayout, isBatchId } from '../history/layout.ts';
import type { Limits } from '../limits/limits.ts';
import type { EngineLog } from './engineLog.ts';
import { readLog } from './readLog.ts';
import { noBatch } from '../../core/history/notFound.ts';

export type LogDeps = {
  readonly layout: HistoryLayout;
  readonly log: EngineLog;
  readonly tally: Tally;
  readonly limits: Pick<Limits, 'queue'>;
};

/** Records and events that one answer has at most, where nobody says how many. */
const usualLimit = 1000;

/** What a client may ask about what happened. */
export function logMethods({ layout, log, tally, limits }: LogDeps): LogClient {
  return {
    onLog: log.onNote,
    async log({ batch, level = 'info', limit = usualLimit }) {
      const notes = await readLog(log.file, { level, batch });
      if (batch === undefined) return { ok: true, value: { records: notes.slice(-limit) } };
      const events = await eventsOf(layout, batch);
      if (!events.ok) return events;
      const records = [...recordsOf(batch, events.value, level), ...notes].toSorted(byTime);
      return { ok: true, value: { records: records.slice(-limit) } };
    },
    async events({ batch, after = 0, limit = usualLimit }) {
      const events = await eventsOf(layout, batch);
      if (!events.ok) return events;
      const later = events.value.filter(({ seq }) => seq > after);
      return { ok: true, value: { events: later.slice(0, limit), more: later.length > limit } };
    },
    async metrics({ since }) {
      if (since === undefined) return { ok: true, value: { ...tally.counters(), queue: limits.queue() } };
      return { ok: true, value: { ...(await countOnDisk(layout, since)), queue: null } };
    },
  };
}

async function eventsOf(layout: HistoryLayout, batch: string): Promise<Result<readonly LoggedEvent[]>> {
  const path = batchFiles(layout, batch).events;
  const log = isBatchId(batch) ? await readEventLog(path).catch(() => undefined) : undefined;
  return log ? { ok: true, value: log.events } : noBatch(batch);
}

function recordsOf(batch: string, events: readonly LoggedEvent[], level: LogLevel): LogRecord[] {
  const recorder = createRecorder(batch);
  const records = events.flatMap((event) => recorder(event) ?? []);
  return records.filter((record) => isAtLeast(record.level, level));
}

function byTime(a: LogRecord, b: LogRecord): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}

/** Ids tell when a batch began, so that older ones need not be read. */
async function countOnDisk(layout: HistoryLayout, since: number): Promise<Counters> {
  const tally = createTally(since);
  for (const batch of await batchIds(layout)) {
    if (decodeTime(batch) < since) break;
    const events = await eventsOf(layout, batch);
    if (events.ok) tally.add({ batch, events: events.value });
  }
  return tally.counters();
}
