import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import type { DatabaseSync } from 'node:sqlite';

export type Database = DatabaseSync;
type Sqlite = { readonly DatabaseSync: new (path: string) => Database };

/**
 * SQLite as Node has it; undefined where it was built without. Older Nodes that we run on say on stderr that it is
 * experimental, which is nothing that a person at a command line can do anything about.
 */
export function loadSqlite(): Sqlite | undefined {
  const warn = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } catch {
    return undefined;
  } finally {
    process.emitWarning = warn;
  }
}

/** All that `work` writes, or nothing of it. The lock comes first: one that is asked for later can be refused. */
export function inTransaction(db: Database, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** Some errors have ended the transaction already, and a rollback is one more error then. */
function rollBack(db: Database): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // See above.
  }
}

/** The file is damaged, or none of ours. Values that we did not write count as damage too. */
export class BrokenIndex extends Error {}

/**
 * Result codes of SQLite (sqlite.org/rescode.html) that statements which are right give for a damaged file only: ERROR
 * where a table is no longer what it was, CORRUPT, TOOBIG, CONSTRAINT, MISMATCH, FORMAT, NOTADB.
 */
const damage: ReadonlySet<number> = new Set([1, 11, 18, 19, 20, 24, 26]);
/** READONLY: the disk, or a damaged head. */
const readOnly = 8;
/** IOERR_SHORT_READ: the file ends too early. */
const shortRead = 522;
/** BUSY, LOCKED, PROTOCOL. */
const inTheWay: ReadonlySet<number> = new Set([5, 6, 15]);

/** Whether an error says that the file itself is damaged. */
export function isBroken(error: unknown, file: string): boolean {
  if (error instanceof BrokenIndex) return true;
  // A number that no JavaScript number can hold: we wrote none.
  if (error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE') return true;
  const code = resultCodeOf(error);
  if (code === shortRead) return true;
  const primary = code & 0xff;
  return damage.has(primary) || (primary === readOnly && isWritable(file));
}

/** Whether another process was in the way: what was to be written can be written later. */
export function isBusy(error: unknown): boolean {
  return inTheWay.has(resultCodeOf(error) & 0xff);
}

/** 0 where it is no error of SQLite. */
function resultCodeOf(error: unknown): number {
  const isOurs = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return isOurs ? Number(error.errcode) : 0;
}

function isWritable(file: string): boolean {
  try {
    for (const path of [file, dirname(file)]) accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
