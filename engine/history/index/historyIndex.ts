import type { HistoryQuery } from '../../../core/protocol/history.ts';
import type { Clock } from '../../../core/util/clock.ts';
import type { HistoryStore } from '../scan.ts';
import { createCatchUp, type CatchUpDeps } from './catchUp.ts';
import { findBatches, readPlaces, readSummaries } from './readIndex.ts';
import { createSharedFile, type SharedFile } from './sharedFile.ts';
import type { Database } from './sqlite.ts';
import { type Entry, removeBatches, writeEntries } from './writeRecord.ts';

export type IndexDeps = CatchUpDeps & {
  readonly clock: Clock;
  /** Answers in place of the index where it can not be used. */
  readonly otherwise: HistoryStore;
};

export type HistoryIndex = HistoryStore & {
  /** What is on disk now is found by the next queries. */
  refresh(): void;
  write(entries: readonly Entry[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Makes the file anew and fills it; false where it can not be used. */
  rebuild(): Promise<boolean>;
  /** Finds what is new on disk. */
  catchUp(): Promise<void>;
  /** Gives pages that are no longer needed back to the disk. */
  shrink(): Promise<void>;
  /** What a person should know, each once. */
  takeNotes(): readonly string[];
  close(): Promise<void>;
};

/** The index of the history: an SQLite file, made from the event logs and never the truth. */
export function createHistoryIndex({ otherwise, ...deps }: IndexDeps): HistoryIndex {
  const file = createSharedFile(deps.layout.index, deps.clock);
  const catchUp = createCatchUp(deps);
  /** The opening of the file that is in step with what is on disk. */
  let caughtUp: number | undefined;
  const read = <T>(work: (db: Database) => T): Promise<{ value: T } | undefined> =>
    file.use(async (db) => {
      if (caughtUp !== file.openings()) await catchUp.run(db);
      caughtUp = file.openings();
      return work(db);
    });
  return {
    async find(query) {
      const found = await read((db) => {
        const ids = findBatches(db, query);
        catchUp.check(db, ids, asksForAll(query));
        return ids;
      });
      return found?.value ?? otherwise.find(query);
    },
    summaries: async (ids) => (await read((db) => readSummaries(db, ids)))?.value ?? otherwise.summaries(ids),
    async places(id, query) {
      const found = await read((db) => readPlaces(db, id, query));
      return found ? found.value : otherwise.places(id, query);
    },
    refresh() {
      caughtUp = undefined;
    },
    async write(entries) {
      await file.use((db) => writeEntries(db, entries));
    },
    async remove(ids) {
      await file.use((db) => removeBatches(db, ids));
    },
    async rebuild() {
      await file.makeAnew();
      return (await read(() => true)) !== undefined;
    },
    async catchUp() {
      await read(() => undefined);
    },
    shrink: () => shrinkAll(file),
    takeNotes: file.takeNotes,
    close() {
      catchUp.stop();
      return file.close();
    },
  };
}

/** Whether every batch fits, whatever text is asked for. */
function asksForAll({ page: _page, pageSize: _size, text: _text, ...conditions }: HistoryQuery): boolean {
  return Object.values(conditions).every((value) => value === undefined);
}

/** Pages that are given back before everything else gets its turn. */
const pagesAtOnce = 500;

async function shrinkAll(file: SharedFile): Promise<void> {
  let free: number | undefined;
  do free = (await file.use(shrinkABit))?.value;
  while (free);
}

/** Gives some pages back; how many are left. None where it gets no further. */
function shrinkABit(db: Database): number {
  const free = (): number => Number(db.prepare('PRAGMA freelist_count').get()?.['freelist_count'] ?? 0);
  const before = free();
  db.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
  const left = free();
  return left < before ? left : 0;
}
