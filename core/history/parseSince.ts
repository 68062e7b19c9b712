import { parseDuration } from '../schema/duration.ts';
import { parseMoment } from '../schema/time.ts';

/**
 * A moment that is over: a length of time ago (`2h`, `30d`), a day or a time here (`2026-11-20`, `2026-11-20 18:00`), or a
 * time with an offset (`2026-11-20T18:00:00Z`). Milliseconds since the epoch; undefined when it is none of these.
 */
export function parseSince(text: string, now: number): number | undefined {
  const length = /^\d+$/.test(text) ? undefined : parseDuration(text);
  return length === undefined ? parseMoment(text) : now - length;
}
