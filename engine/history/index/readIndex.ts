import { crc32 } from 'node:zlib';
import type { BatchSummary } from '../../../core/protocol/batch.ts';
import type { HistoryQuery } from '../../../core/protocol/history.ts';
import { asksForExecutions } from '../../../core/history/fits.ts';
import { BrokenIndex, type Database } from './sqlite.ts';
import { whereBatches, whereExecutions } from './where.ts';

/** Ids of the batches that fit, the newest first. */
export function findBatches(db: Database, query: HistoryQuery): readonly string[] {
  const { sql, values } = whereBatches(query);
  const rows = db.prepare(`SELECT id FROM batches WHERE ${sql} ORDER BY id DESC`).all(...values);
  return rows.map((row) => String(row['id']));
}

/** What was written about these batches. Values that were not written like this are damage. */
export function readSummaries(db: Database, ids: readonly string[]): readonly BatchSummary[] {
  const read = db.prepare('SELECT summary, checksum FROM batches WHERE id = ?');
  return ids.flatMap((id) => {
    const row = read.get(id);
    if (!row) return [];
    const text = String(row['summary']);
    if (crc32(text) !== row['checksum']) throw new BrokenIndex(`the row of ${id} is damaged`);
    return JSON.parse(text) as BatchSummary;
  });
}

/** Places in the batch's plan that a query is about; undefined for all of them. */
export function readPlaces(db: Database, id: string, query: HistoryQuery): ReadonlySet<number> | undefined {
  if (!asksForExecutions(query)) return undefined;
  const { sql, values } = whereExecutions(query);
  const rows = db
    .prepare(`SELECT place FROM executions WHERE batch = (SELECT key FROM batches WHERE id = ?) AND ${sql}`)
    .all(id, ...values);
  return new Set(rows.map((row) => Number(row['place'])));
}

/** What the index has of each batch: enough to see what it lacks. */
export type KnownBatch = { readonly running: boolean; readonly logBytes: number | null };

export function readKnown(db: Database): ReadonlyMap<string, KnownBatch> {
  const rows = db.prepare("SELECT id, status = 'running' AS running, log_bytes FROM batches").all();
  return new Map(
    rows.map((row) => [
      String(row['id']),
      {
        running: row['running'] === 1,
        logBytes: row['log_bytes'] === null ? null : Number(row['log_bytes']),
      },
    ]),
  );
}
