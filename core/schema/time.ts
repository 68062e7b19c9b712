import * as z from 'zod';

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/;

/** `2026-12-24T18:00:00Z` or with an offset (RFC 3339) → milliseconds since the epoch. Undefined when it is none. */
export function parseTime(text: string): number | undefined {
  const ms = time.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * As people write a moment: as parseTime, with a space or a T, or a day (its midnight) or a time of the clock here,
 * `2026-11-20` or `2026-11-20 18:00`. Milliseconds since the epoch; undefined when it is none of these.
 */
export function parseMoment(text: string): number | undefined {
  const spaced = text.replace(/^(\d{4}-\d\d-\d\d) (?=.*(?:Z|[+-]\d\d:\d\d)$)/, '$1T');
  const here = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(text);
  const local = here ? new Date(`${here[1]}T${here[2] ?? '00:00'}`).getTime() : Number.NaN;
  return parseTime(spaced) ?? (Number.isNaN(local) ? undefined : local);
}

/** `2026-12-24 18:00 UTC`. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A point in time in a file; milliseconds since the epoch once read. */
export const Time = z
  .string()
  .meta({ muster: 'name' })
  .transform((text, context) => {
    const ms = parseTime(text);
    if (ms !== undefined) return ms;
    const message = `"${text}" is not a time.`;
    context.addIssue({ code: 'custom', message, params: { fix: 'Write 2026-12-24T18:00:00Z.' } });
    return z.NEVER;
  });
