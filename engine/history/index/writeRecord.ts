import { crc32 } from 'node:zlib';
import type { BatchRecord } from '../../../core/history/record.ts';
import { type Database, inTransaction } from './sqlite.ts';

/** A batch to be written, and the bytes of the log that it was read from, where it was read from one. */
export type Entry = { readonly record: BatchRecord; readonly logBytes?: number };

/** Writes batches, all of them or none. What is there and is as new stays. */
export function writeEntries(db: Database, entries: readonly Entry[]): void {
  inTransaction(db, () => {
    const write = writerOf(db);
    for (const entry of entries) write(entry);
  });
}

/** Forgets batches. */
export function removeBatches(db: Database, ids: readonly string[]): void {
  inTransaction(db, () => {
    const keys = 'SELECT key FROM batches WHERE id IN (SELECT value FROM json_each(?))';
    const list = JSON.stringify(ids);
    for (const table of ['executions', 'tags']) {
      db.prepare(`DELETE FROM ${table} WHERE batch IN (${keys})`).run(list);
    }
    db.prepare('DELETE FROM batches WHERE id IN (SELECT value FROM json_each(?))').run(list);
  });
}

function writerOf(db: Database): (entry: Entry) => void {
  const find = db.prepare('SELECT key, seq FROM batches WHERE id = ?');
  const add = db.prepare(`INSERT INTO batches
    (id, kind, user, status, started_at, seq, summary, checksum, log_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const change = db.prepare(
    'UPDATE batches SET status = ?, seq = ?, summary = ?, checksum = ?, log_bytes = ? WHERE key = ?',
  );
  const addExecution = db.prepare('INSERT INTO executions (batch, place, node, status) VALUES (?, ?, ?, ?)');
  const changeExecution = db.prepare(
    'UPDATE executions SET status = ?1 WHERE batch = ?2 AND place = ?3 AND status <> ?1',
  );
  const addTag = db.prepare('INSERT OR IGNORE INTO tags (tag, batch, place) VALUES (?, ?, ?)');
  return ({ record: { summary, seq, executions }, logBytes = null }) => {
    const text = JSON.stringify(summary);
    const { id, kind, user, status, startedAt } = summary;
    const checksum = crc32(text);
    const before = find.get(id);
    if (before) {
      if (Number(before['seq']) > seq) return;
      const key = Number(before['key']);
      change.run(status, seq, text, checksum, logBytes, key);
      for (const [place, each] of executions.entries()) changeExecution.run(each.status, key, place);
      return;
    }
    const key = add.run(id, kind, user, status, startedAt, seq, text, checksum, logBytes).lastInsertRowid;
    for (const [place, each] of executions.entries()) {
      addExecution.run(key, place, each.node, each.status);
      for (const tag of each.tags) addTag.run(tag, key, place);
    }
  };
}
