import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { isOnSharedDisk } from '../fileSystem.ts';
import { applicationId, migrate, schemaVersion, versionOf } from './migrations.ts';
import { BrokenIndex, type Database, isBroken, loadSqlite } from './sqlite.ts';

export type OpenedIndex = {
  readonly db: Database;
  /** Whether the path still leads to the file that is open: another process may have moved a broken one aside. */
  isInPlace(): boolean;
};

export type Opening =
  | ({ readonly status: 'open' } & OpenedIndex)
  /** Made by a later version of Muster: it is not touched. */
  | { readonly status: 'newer' }
  /** SQLite is not there. */
  | { readonly status: 'missing' }
  | { readonly status: 'broken' };

/** No Muster gets here: a higher version is damage, which must not be kept as if it were worth it. */
const latestVersion = 1000;

/** Milliseconds that a statement waits for another process. */
const busyMs = 5000;

/**
 * Opens the index, or makes it where there is none: beside its place and whole, for its user alone, so that whatever is
 * found in that place and is not whole was broken by something else. Throws where the folder can not be written.
 */
export function openIndexFile(path: string, isShared = isOnSharedDisk(dirname(path))): Opening {
  const sqlite = loadSqlite();
  if (!sqlite) return { status: 'missing' };
  const open = (file: string): Database => {
    const db = new sqlite.DatabaseSync(file);
    db.exec(`PRAGMA busy_timeout = ${busyMs}; PRAGMA synchronous = ${isShared ? 'FULL' : 'NORMAL'};`);
    return db;
  };
  // The write-ahead log needs memory that all who have the file open share (https://sqlite.org/wal.html).
  const journal = isShared ? 'DELETE' : 'WAL';
  if (!lstatSync(path, { throwIfNoEntry: false })) makeFile(path, journal, open);
  if (!isPlainFile(lstatSync(path))) return { status: 'broken' };
  let db: Database | undefined;
  try {
    db = open(path);
    const made = lstatSync(path);
    if (idOf(db) !== applicationId) throw new BrokenIndex('not an index of Muster');
    const version = versionOf(db);
    if (version > latestVersion) throw new BrokenIndex(`version ${version} is none`);
    if (version > schemaVersion) {
      db.close();
      return { status: 'newer' };
    }
    migrate(db);
    if (isShared) db.exec('PRAGMA journal_mode = DELETE');
    return { status: 'open', db, isInPlace: () => isSame(lstatSync(path, { throwIfNoEntry: false }), made) };
  } catch (error) {
    closeQuietly(db);
    if (isBroken(error, path)) return { status: 'broken' };
    throw error;
  }
}

/** A damaged file may not even close. */
export function closeQuietly(db: Database | undefined): void {
  try {
    db?.close();
  } catch {
    // See above.
  }
}

function makeFile(path: string, journal: 'DELETE' | 'WAL', open: (file: string) => Database): void {
  const fresh = `${path}.new-${process.pid}`;
  rmSync(fresh, { force: true });
  closeSync(openSync(fresh, 'wx', 0o600));
  const db = open(fresh);
  try {
    db.exec(
      `PRAGMA synchronous = OFF; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = ${applicationId}`,
    );
    migrate(db);
    db.exec(`PRAGMA journal_mode = ${journal}`);
  } finally {
    db.close();
  }
  sync(fresh);
  try {
    linkSync(fresh, path);
  } catch {
    // Whoever was quicker has made the same. Not every file system has links.
    if (!lstatSync(path, { throwIfNoEntry: false })) renameSync(fresh, path);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Nobody sees the file before all of it is on the disk: once is enough. */
function sync(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Moves a broken index out of the way, under a name that says when; gives that name. What belongs to it goes first: SQLite
 * would take it for a part of the next file in that place.
 */
export function moveAside(path: string, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${path}.corrupt-${time}`;
  for (const suffix of ['-wal', '-shm', '-journal', '']) {
    const part = `${path}${suffix}`;
    try {
      renameSync(part, `${aside}${suffix}`);
    } catch (error) {
      // Not there, or another process was quicker.
      if (lstatSync(part, { throwIfNoEntry: false })) throw error;
    }
  }
  return aside;
}

/** Deletes what was moved aside. */
export function discard(aside: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${aside}${suffix}`, { force: true });
}

function isPlainFile(info: Stats): boolean {
  return info.isFile() && info.size > 0;
}

function isSame(now: Stats | undefined, then: Stats): boolean {
  return now?.ino === then.ino && now.dev === then.dev;
}

function idOf(db: Database): number {
  return Number(db.prepare('PRAGMA application_id').get()?.['application_id'] ?? 0);
}
