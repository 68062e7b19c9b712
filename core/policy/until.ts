import { parseDuration } from '../schema/duration.ts';
import { parseMoment } from '../schema/time.ts';

/**
 * When a freeze ends: a length of time from now (`2h`), a time of the clock here (`18:00`, tomorrow where it is past), a
 * date and time here (`2026-12-24 18:00`), or with an offset (`2026-12-24T18:00:00Z`). Milliseconds since the epoch;
 * undefined when it is none of these.
 */
export function parseUntil(text: string, now: number): number | undefined {
  const clock = /^(\d{1,2}):(\d\d)$/.exec(text);
  if (clock) return nextTime(Number(clock[1]), Number(clock[2]), now);
  const length = /^\d+$/.test(text) ? undefined : parseDuration(text);
  return length === undefined ? parseMoment(text) : now + length;
}

function nextTime(hour: number, minute: number, now: number): number | undefined {
  if (hour > 23 || minute > 59) return undefined;
  const day = new Date(now);
  day.setHours(hour, minute, 0, 0);
  if (day.getTime() <= now) day.setDate(day.getDate() + 1);
  return day.getTime();
}
