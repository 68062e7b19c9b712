import { parseDuration } from '../schema/duration.ts';
import { parseTime } from '../schema/time.ts';

/**
 * A moment that is over: a length of time ago (`2h`, `30d`), a day or a time here (`2026-11-20`, `2026-11-20 18:00`), or a
 * time with an offset (`2026-11-20T18:00:00Z`). Milliseconds since the epoch; undefined when it is none of these.
 */
export function parseSince(text: string, now: number): number | undefined {
  const length = /^\d+$/.test(text) ? undefined : parseDuration(text);
  if (length !== undefined) return now - length;
  const here = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(text);
  const local = here ? new Date(`${here[1]}T${here[2] ?? '00:00'}`).getTime() : Number.NaN;
  return parseTime(text) ?? (Number.isNaN(local) ? undefined : local);
}
