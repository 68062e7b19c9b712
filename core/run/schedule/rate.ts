import * as z from 'zod';

/** So many a second, and so many at once after a quiet time. */
export const Rate = z.object({
  perSecond: z.number().positive().max(10_000),
  burst: z.int().min(1).max(10_000),
});
export type Rate = z.infer<typeof Rate>;
