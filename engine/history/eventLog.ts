import { ftruncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import type { LoggedEvent } from '../../core/run/events.ts';
import { messageOf } from '../../core/util/errors.ts';
import { eventsIn, linesOf } from './logLines.ts';
import type { Reserve } from './reserve.ts';

export type EventLog = {
  /** Queues an event; it is announced once it has been written. */
  append(event: LoggedEvent): void;
  /** Settles when everything appended so far is on the disk; false where it could not be written. */
  saved(): Promise<boolean>;
  /** Settles when everything appended is on the disk, or can not be written; says which. */
  close(): Promise<boolean>;
};

export type EventLogOptions = {
  /** Events that have been written, in order. */
  onWritten(events: readonly LoggedEvent[]): void;
  /**
   * Called once; events are announced all the same, so that a full disk does not stop a batch. They are written as soon
   * as there is room.
   */
  onError: (message: string) => void;
  /** Room that is given back where the disk is full, so that outcomes are written all the same. */
  reserve?: Reserve;
};

/** Milliseconds between syncs: what a crash of the machine, not of the process, can lose. */
const syncEveryMs = 100;

/**
 * The append-only log of a batch. All events of one turn of the loop go out in one write; the data are synced
 * at most every 100 ms and at the end.
 */
export async function openEventLog(path: string, options: EventLogOptions): Promise<EventLog> {
  const file = await open(path, 'a', 0o600);
  const lines = keepLines(file, (await file.stat()).size, options.reserve);
  let queue: LoggedEvent[] = [];
  let syncTimer: NodeJS.Timeout | undefined;
  const fail = onceOnly(options.onError);
  const sync = async (): Promise<void> => {
    clearTimeout(syncTimer);
    syncTimer = undefined;
    if (lines.isComplete()) await file.datasync().catch(fail);
  };
  const write = (when?: 'now'): void => {
    const events = queue;
    queue = [];
    if (events.length === 0 && lines.isComplete()) return;
    try {
      lines.add(events, when);
    } catch (error) {
      fail(error);
    }
    syncTimer ??= setTimeout(() => void sync(), syncEveryMs);
    options.onWritten(events);
  };
  return {
    append(event) {
      queue.push(event);
      if (isPointOfNoReturn(event)) write();
      else if (queue.length === 1) setImmediate(write);
    },
    async saved() {
      write('now');
      await sync();
      return lines.isComplete();
    },
    async close() {
      write('now');
      await sync();
      await file.close().catch(fail);
      options.reserve?.release();
      return lines.isComplete();
    },
  };
}

/** Milliseconds between two tries to write where the disk took nothing. */
const againMs = 1000;

/** Writes lines; what the disk does not take waits until it does, and half a line is taken back. */
function keepLines(file: FileHandle, size: number, reserve: Reserve | undefined) {
  let written = size;
  let waiting: LoggedEvent[] = [];
  let lastTry = -Infinity;
  return {
    isComplete: () => waiting.length === 0,
    /** Throws where the disk takes nothing. */
    add(events: readonly LoggedEvent[], when?: 'now') {
      const isFull = waiting.length > 0;
      // Counters on the way are worth no memory: the last ones come with the end.
      const kept = isFull ? events.filter(({ type }) => type !== 'outputProgress') : events;
      waiting = [...waiting, ...kept];
      const now = performance.now();
      if (isFull && when !== 'now' && now - lastTry < againMs) return;
      lastTry = now;
      const bytes = Buffer.from(linesOf(waiting));
      try {
        writeWhole(file, bytes, written);
      } catch (error) {
        if (!reserve?.release()) throw error;
        writeWhole(file, bytes, written);
      }
      written += bytes.length;
      waiting = [];
    },
  };
}

/** Throws where the disk does not take it, and leaves nothing of it. */
function writeWhole(file: FileHandle, bytes: Buffer, size: number): void {
  try {
    // A synchronous write into the page cache costs a tenth of handing it to a thread.
    writeFileSync(file.fd, bytes);
  } catch (error) {
    takeBack(file, size);
    throw error;
  }
}

function takeBack(file: FileHandle, size: number): void {
  try {
    ftruncateSync(file.fd, size);
  } catch {
    // A reader passes over half a line.
  }
}

/** Says it the first time. */
function onceOnly(say: (message: string) => void): (error: unknown) => void {
  let told = false;
  return (error) => {
    if (!told) say(messageOf(error));
    told = true;
  };
}

/** What is about to run on a node is written before it does: whoever comes after a crash must not take it for not started. */
function isPointOfNoReturn(event: LoggedEvent): boolean {
  return event.type === 'phaseChanged' && event.phase === 'run';
}

/** All whole events of a log, and where the last of them ends. */
export async function readEventLog(path: string): Promise<{ events: LoggedEvent[]; validBytes: number }> {
  return eventsIn(await readFile(path));
}

/** 0 where there is none. A log only grows, so its size says whether it has changed. */
export async function eventLogBytes(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** Appends to the log of a batch that another process left, cutting off its torn tail first. */
export async function mendEventLog(
  path: string,
  validBytes: number,
  events: readonly LoggedEvent[],
): Promise<void> {
  const file: FileHandle = await open(path, 'r+');
  try {
    await file.truncate(validBytes);
    await file.write(linesOf(events), validBytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}
