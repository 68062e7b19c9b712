import { type Database, inTransaction } from './sqlite.ts';

/** `Mstr`: tells our file from any other SQLite database. */
export const applicationId = 0x4d737472;

/**
 * How the index came to be, a step for each version of it: a file at version n has seen the first n. Steps are only ever
 * added. Nothing here is the truth about anything, so a step may also empty tables: they are filled from the event logs.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE batches (
     key INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL,
     user TEXT NOT NULL,
     status TEXT NOT NULL,
     started_at REAL NOT NULL,
     seq INTEGER NOT NULL,
     summary TEXT NOT NULL,
     checksum INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX batches_by_time ON batches (started_at);
   CREATE INDEX batches_by_status ON batches (status);
   CREATE INDEX batches_by_user ON batches (user);
   CREATE INDEX batches_by_kind ON batches (kind);
   CREATE TABLE executions (
     batch INTEGER NOT NULL,
     place INTEGER NOT NULL,
     node TEXT NOT NULL,
     status TEXT NOT NULL,
     PRIMARY KEY (batch, place)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX executions_by_node ON executions (node);
   CREATE INDEX executions_by_status ON executions (status);`,
  // The size of the log that a row was made from says whether a batch of another process has gone on since.
  `ALTER TABLE batches ADD COLUMN log_bytes INTEGER;
   CREATE TABLE tags (
     tag TEXT NOT NULL,
     batch INTEGER NOT NULL,
     place INTEGER NOT NULL,
     PRIMARY KEY (tag, batch, place)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX tags_by_batch ON tags (batch);
   DELETE FROM executions;
   DELETE FROM batches;`,
];

/** The version that this program writes. */
export const schemaVersion = migrations.length;

/** The version of the tables in the file (`PRAGMA user_version`); 0 in an empty one. */
export function versionOf(db: Database): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/** Brings a file up to date, each step whole or not at all; processes that do it together wait for each other. */
export function migrate(db: Database): void {
  for (let at = versionOf(db); at < schemaVersion; at = versionOf(db)) {
    inTransaction(db, () => {
      // Another process may have been here while this one waited.
      if (versionOf(db) === at) db.exec(`${migrations[at] ?? ''} PRAGMA user_version = ${at + 1};`);
    });
  }
}
