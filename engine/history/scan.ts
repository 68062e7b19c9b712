import { fits, idFits, placesThatFit } from '../../core/history/fits.ts';
import { type BatchRecord, recordOf } from '../../core/history/record.ts';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { HistoryQuery } from '../../core/protocol/history.ts';
import { eventLogBytes, readEventLog } from './eventLog.ts';
import { batchFiles, batchIds, type HistoryLayout } from './layout.ts';

/** Answers everything about the history but what text is in its output. */
export type HistoryStore = {
  /** Ids of the batches that fit, the newest first. */
  find(query: HistoryQuery): Promise<readonly string[]>;
  summaries(ids: readonly string[]): Promise<readonly BatchSummary[]>;
  /** Places in the batch's plan that the query is about; undefined for all of them. */
  places(id: string, query: HistoryQuery): Promise<ReadonlySet<number> | undefined>;
};

/** Reads the event logs themselves. What was read once is kept in memory until the log has grown. */
export function createLogScan(layout: HistoryLayout): HistoryStore {
  const known = new Map<string, { readonly size: number; readonly record: BatchRecord | undefined }>();
  const read = async (id: string): Promise<BatchRecord | undefined> => {
    const { events } = batchFiles(layout, id);
    const size = await eventLogBytes(events);
    const before = known.get(id);
    if (before?.size === size) return before.record;
    const record = await readRecord(layout, id);
    known.set(id, { size, record });
    return record;
  };
  return {
    async find(query) {
      const there = await batchIds(layout);
      forgetOthers(known, there);
      const found: string[] = [];
      for (const id of there) {
        if (!idFits(id, query.batch)) continue;
        const record = await read(id);
        if (record && fits(record, query)) found.push(id);
      }
      return found;
    },
    async summaries(ids) {
      const records = await Promise.all(ids.map(read));
      return records.flatMap((record) => record?.summary ?? []);
    },
    async places(id, query) {
      const record = await read(id);
      return record && placesThatFit(record, query);
    },
  };
}

/** Undefined where there is no log, or one without a plan. */
export async function readRecord(layout: HistoryLayout, id: string): Promise<BatchRecord | undefined> {
  const log = await readEventLog(batchFiles(layout, id).events).catch(() => undefined);
  return log && recordOf(log.events);
}

function forgetOthers(known: Map<string, unknown>, there: readonly string[]): void {
  if (known.size <= there.length) return;
  const kept = new Set(there);
  for (const id of known.keys()) if (!kept.has(id)) known.delete(id);
}
