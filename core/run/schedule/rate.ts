import * as z from 'zod';

/** So many a second, and so many at once after a quiet time. */
export const Rate = z.object({
  perSecond: z.number().positive().max(10_000),
  burst: z.int().min(1).max(10_000),
});
export type Rate = z.infer<typeof Rate>;

const perUnit = { s: 1, m: 60, h: 3600 } as const;

/** How a rate is written, for messages. */
export const rateForm =
  'Write so many a second, as in 5 or 0.5/s, or 30/m; ",10" behind it lets 10 start at once. At most 10000/s.';

/** `5`, `0.5/s`, `30/m`, `100/h`, with the burst behind a comma: `2/s,10`. Undefined when it is none of these. */
export function parseRate(text: string): Rate | undefined {
  const [, amount = '', unit = 's', burst = '1'] =
    /^(\d+(?:\.\d+)?)(?:\/([smh]))?(?:,\s*(\d+))?$/.exec(text.trim()) ?? [];
  if (amount === '') return undefined;
  const perSecond = Number(amount) / perUnit[unit as keyof typeof perUnit];
  const rate = Rate.safeParse({ perSecond, burst: Number(burst) });
  return rate.success ? rate.data : undefined;
}
