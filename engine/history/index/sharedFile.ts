import type { Clock } from '../../../core/util/clock.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { closeQuietly, discard, moveAside, type OpenedIndex, openIndexFile } from './indexFile.ts';
import { createNotes, damagedNote, missingNote, newerNote, unusableNote } from './notes.ts';
import { type Database, isBroken, isBusy } from './sqlite.ts';

export type SharedFile = {
  /** Does something with the file; undefined where it can not be used. One thing at a time, in the order of the calls. */
  use<T>(work: (db: Database) => T | Promise<T>): Promise<{ value: T } | undefined>;
  /** How many times the file has been opened: another one than before does not have what that one had. */
  openings(): number;
  /** Throws the file away; the next use has a new one. */
  makeAnew(): Promise<void>;
  takeNotes(): readonly string[];
  close(): Promise<void>;
};

/** Attempts at what meets a broken file: the first finds it, the second has a new one. */
const attempts = 3;

/** The file that all processes of a user share. Where it is broken it is moved aside and made anew. */
export function createSharedFile(path: string, clock: Clock): SharedFile {
  const notes = createNotes();
  const file = createOpening(path, (aside) => notes.add(damagedNote(aside)));
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const use = <T>(work: (db: Database) => T | Promise<T>): Promise<{ value: T } | undefined> =>
    inTurn(async () => {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        try {
          const db = file.open(clock.now(), notes.add);
          return db && { value: await work(db) };
        } catch (error) {
          const isOver = attempt === attempts || !isBroken(error, path);
          const problem = isOver ? error : file.setAside(clock.now());
          if (problem !== undefined && !isBusy(problem)) notes.add(unusableNote(messageOf(problem)));
        }
      }
      return undefined;
    });
  return {
    use,
    openings: file.openings,
    async makeAnew() {
      await use(() => {
        file.close();
        discard(moveAside(path, clock.now()));
      });
    },
    takeNotes: notes.take,
    close: () => inTurn(async () => file.close()),
  };
}

function createOpening(path: string, onSetAside: (aside: string) => void) {
  let opened: OpenedIndex | undefined;
  let openings = 0;
  const close = (): void => {
    closeQuietly(opened?.db);
    opened = undefined;
  };
  /** What went wrong, if anything did: another program may hold the file. */
  const setAside = (now: number): unknown => {
    // Where another process was quicker, what is in its place is a new one.
    const isGone = opened && !opened.isInPlace();
    close();
    try {
      if (!isGone) onSetAside(moveAside(path, now));
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const open = (now: number, tell: (note: string) => void, tries = 2): Database | undefined => {
    if (opened?.isInPlace()) return opened.db;
    close();
    openings++;
    const file = openIndexFile(path);
    switch (file.status) {
      case 'open':
        opened = file;
        return file.db;
      case 'newer':
        tell(newerNote);
        return undefined;
      case 'missing':
        tell(missingNote);
        return undefined;
      case 'broken': {
        const problem = setAside(now);
        if (problem !== undefined) throw problem;
        if (tries === 1) throw new Error('what was just made is damaged');
        return open(now, tell, tries - 1);
      }
    }
  };
  return { open, close, setAside, openings: () => openings };
}
