import { InvalidArgumentError } from 'commander';
import { parseSince } from '../core/history/parseSince.ts';
import { parseDuration } from '../core/schema/duration.ts';

/** Milliseconds that a timer of Node can wait. */
const longestTimer = 2_147_483_647;

/** Adds one more value to an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A whole number within limits. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
}

/** A duration such as `60s` or `5m`, in milliseconds. */
export function duration(text: string): number {
  const ms = Math.round(parseDuration(text) ?? 0);
  if (ms > longestTimer) throw new InvalidArgumentError('It must be at most 24 days.');
  if (ms > 0) return ms;
  throw new InvalidArgumentError('Write a duration such as 500ms, 60s, 5m or 2h.');
}

/** A span of time in the past such as `24h` or `30d`, in milliseconds. */
export function timeSpan(text: string): number {
  const ms = parseDuration(text) ?? 0;
  if (ms > 0) return ms;
  throw new InvalidArgumentError('Write a span such as 30m, 24h or 7d.');
}

/** A moment that is over, such as `2h` ago or `2026-11-20`, in milliseconds since the epoch. */
export function pastTime(text: string): number {
  const at = parseSince(text, Date.now());
  if (at !== undefined && at >= 0) return at;
  throw new InvalidArgumentError("Write 2h, 30d, 2026-11-20, '2026-11-20 18:00' or 2026-11-20T18:00:00Z.");
}
