import * as z from 'zod';

export const Order = z.enum(['inventory', 'selection', 'sorted', 'reverse', 'shuffle']);
export type Order = z.infer<typeof Order>;

/** Order of what is selected, and the part of it that is taken. Applied in this order: order, slice, sample. */
export const Pick = z.object({
  order: Order.optional(),
  /** Places from 0 as in `0-9`, `0-99/10`, `5,7`; places beyond the end are nobody's. */
  slice: z.string().optional(),
  /** How many nodes to take at random: `5`, or a share: `10%`, rounded up. */
  sample: z.string().optional(),
  /** Of shuffle and sample: the same seed gives the same nodes. */
  seed: z.number().int().optional(),
});
export type Pick = z.infer<typeof Pick>;
