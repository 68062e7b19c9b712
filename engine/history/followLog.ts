import { open } from 'node:fs/promises';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { eventsIn } from './logLines.ts';
import { watchPath } from './watchPath.ts';

export type FollowOptions = {
  readonly clock: Clock;
  /** Bytes of the log that are known already. */
  readonly from: number;
  /** New events, in order; may be told again of none. */
  readonly onEvents: (events: readonly LoggedEvent[]) => void;
  /** Called after each look that found nothing new. */
  readonly onQuiet?: () => Promise<unknown>;
};

/** Tells of the events that another process adds to a log, until it is disposed. */
export function followLog(path: string, { clock, from, onEvents, onQuiet }: FollowOptions): Disposable {
  let known = from;
  let over = false;
  const look = async (): Promise<boolean> => {
    const { events, validBytes } = eventsIn(await readFrom(path, known));
    if (over) return false;
    if (events.length === 0) {
      await onQuiet?.();
      return false;
    }
    known += validBytes;
    onEvents(events);
    return true;
  };
  const watching = watchPath(path, { clock, look });
  return {
    dispose() {
      over = true;
      watching.dispose();
    },
  };
}

/** The rest of a file; nothing where it can not be read. */
async function readFrom(path: string, from: number): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead);
  } catch {
    return Buffer.alloc(0);
  }
}
