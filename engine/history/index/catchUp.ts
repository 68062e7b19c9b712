import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { eventLogBytes } from '../eventLog.ts';
import { batchFiles, batchIds, type HistoryLayout } from '../layout.ts';
import { readRecord } from '../scan.ts';
import { type KnownBatch, readKnown } from './readIndex.ts';
import { BrokenIndex, type Database } from './sqlite.ts';
import { type Entry, removeBatches, writeEntries } from './writeRecord.ts';

/** Batches that are read at once, and written together. */
const groupSize = 20;

export type CatchUpDeps = {
  readonly layout: HistoryLayout;
  /** Whether a batch runs in this engine, which writes what becomes of it itself. */
  readonly isOurs: (id: string) => boolean;
};

export type CatchUp = {
  /** Brings the index in step with what is on disk: what other processes wrote, went on with, ended or deleted. */
  run(db: Database): Promise<void>;
  /** Leaves the rest for whoever comes next: the engine ends. */
  stop(): void;
  /** Throws where the index gives other batches than there are, since a part of it is damaged. */
  check(db: Database, found: readonly string[], isAll: boolean): void;
};

export function createCatchUp({ layout, isOurs }: CatchUpDeps): CatchUp {
  /** Batches without a plan, with the bytes that their logs had: they are not read again while those are the same. */
  const unreadable = new Map<string, number>();
  let there: ReadonlySet<string> = new Set();
  /** Where nothing was left to be looked at, nothing is as long as the folder stays as it is. */
  let last: { readonly db: Database; readonly changed: number } | undefined;
  const folderOf = (id: string): string => batchFiles(layout, id).folder;
  const readIfNew = async (id: string, known: KnownBatch | undefined): Promise<Entry | undefined> => {
    const logBytes = await eventLogBytes(batchFiles(layout, id).events);
    if (known?.logBytes === logBytes || unreadable.get(id) === logBytes) return undefined;
    const record = await readRecord(layout, id);
    if (record) {
      unreadable.delete(id);
      return { record, logBytes };
    }
    unreadable.set(id, logBytes);
    return undefined;
  };
  const ending = new AbortController();
  return {
    stop() {
      ending.abort();
    },
    async run(db) {
      const changed = await lastChange(layout.batches);
      if (last?.db === db && last.changed === changed) return;
      // In this order: a batch that another process adds between the two is on disk too.
      const known = readKnown(db);
      const ids = await batchIds(layout);
      there = new Set(ids);
      const gone = [...known.keys()].filter((id) => !there.has(id));
      if (gone.length > 0) removeBatches(db, gone);
      const wanted = ids.filter((id) => isWanted(known.get(id), isOurs(id)));
      for (let at = 0; at < wanted.length && !ending.signal.aborted; at += groupSize) {
        const group = wanted.slice(at, at + groupSize);
        const read = await Promise.all(group.map((id) => readIfNew(id, known.get(id))));
        const entries = read.filter((entry) => entry !== undefined);
        if (entries.length > 0) writeEntries(db, entries);
      }
      const isOver = wanted.length === 0 && ![...known.values()].some(({ running }) => running);
      last = isOver && wasBefore(changed) ? { db, changed } : undefined;
    },
    check(db, found, isAll) {
      const isStrange = found.some((id) => !there.has(id) && !existsSync(folderOf(id)));
      const isShort = isAll && found.length + unreadable.size < there.size;
      if (!isStrange && !isShort) return;
      const answer = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
      if (answer !== 'ok') throw new BrokenIndex(String(answer));
    },
  };
}

/** Not those that have ended, nor those that this engine writes itself. */
function isWanted(known: KnownBatch | undefined, isOurs: boolean): boolean {
  return !known || (known.running && !isOurs);
}

/** When a batch was last added to the folder or taken from it, in milliseconds since the epoch. */
async function lastChange(folder: string): Promise<number> {
  return (await stat(folder)).mtimeMs;
}

/** Whether a change was long enough ago for the next one to have another time: file systems count coarsely, FAT in 2 s. */
function wasBefore(changed: number): boolean {
  return Date.now() - changed > 3000;
}
