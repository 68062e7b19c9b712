import { writeFileSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import type { LoggedEvent } from '../../core/run/events.ts';
import { messageOf } from '../../core/util/errors.ts';

export type EventLog = {
  /** Queues an event; it is announced once it has been written. */
  append(event: LoggedEvent): void;
  /** Settles when everything appended so far is on the disk; false where it could not be written. */
  saved(): Promise<boolean>;
  /** Settles when everything appended so far is on the disk. */
  close(): Promise<void>;
};

export type EventLogOptions = {
  /** Events that have been written, in order. */
  onWritten(events: readonly LoggedEvent[]): void;
  /** Called once; events are announced all the same, so that a full disk does not stop a batch. */
  onError: (message: string) => void;
};

/** Milliseconds between syncs: what a crash of the machine, not of the process, can lose. */
const syncEveryMs = 100;

/**
 * The append-only log of a batch. All events of one turn of the loop go out in one write; the data are synced
 * at most every 100 ms and at the end.
 */
export async function openEventLog(path: string, options: EventLogOptions): Promise<EventLog> {
  const file = await open(path, 'a', 0o600);
  let queue: LoggedEvent[] = [];
  let syncTimer: NodeJS.Timeout | undefined;
  let broken = false;

  const fail = (error: unknown): void => {
    if (broken) return;
    broken = true;
    options.onError(messageOf(error));
  };
  const sync = async (): Promise<void> => {
    clearTimeout(syncTimer);
    syncTimer = undefined;
    if (!broken) await file.datasync().catch(fail);
  };
  const write = (): void => {
    if (queue.length === 0) return;
    const events = queue;
    queue = [];
    try {
      // A synchronous write into the page cache costs a tenth of handing it to a thread.
      if (!broken) writeFileSync(file.fd, linesOf(events));
    } catch (error) {
      fail(error);
    }
    syncTimer ??= setTimeout(() => void sync(), syncEveryMs);
    options.onWritten(events);
  };
  return {
    append(event) {
      queue.push(event);
      if (queue.length === 1) setImmediate(write);
    },
    async saved() {
      write();
      await sync();
      return !broken;
    },
    async close() {
      write();
      await sync();
      await file.close().catch(fail);
    },
  };
}

function linesOf(events: readonly LoggedEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** All whole events of a log. A torn last line, left by a crash in the middle of a write, is not one. */
export async function readEventLog(path: string): Promise<{ events: LoggedEvent[]; validBytes: number }> {
  const bytes = await readFile(path);
  const events: LoggedEvent[] = [];
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    const event = eventOf(bytes.toString('utf8', from, end));
    if (!event) break;
    events.push(event);
    from = end + 1;
  }
  return { events, validBytes: from };
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

/** Only the frame of an event is checked: the file is the user's own, and an unknown event changes no state. */
function eventOf(line: string): LoggedEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is LoggedEvent {
  return typeof value === 'object' && value !== null && 'seq' in value && 'at' in value && 'type' in value;
}
