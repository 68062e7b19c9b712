import * as z from 'zod';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const duration = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

/** `30s`, `10m`, `1h30m`, `500ms`, or a bare number of seconds → milliseconds. Undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!duration.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (units[unit ?? ''] ?? 0);
  }
  return Math.round(total);
}

/** A length of time in a file; milliseconds once read. */
export const Duration = durationFrom(0);

/** A length of time that is longer than nothing. */
export const PositiveDuration = durationFrom(1);

function durationFrom(least: number) {
  return z
    .string()
    .meta({ muster: 'name' })
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== undefined && Number.isSafeInteger(ms) && ms >= least) return ms;
      const message = ms === 0 ? `"${text}" is no time at all.` : `"${text}" is not a length of time.`;
      const fix = `Write 30s, 10m or 1h30m${ms === 0 ? ', or leave it out' : ''}.`;
      context.addIssue({ code: 'custom', message, params: { fix } });
      return z.NEVER;
    });
}
