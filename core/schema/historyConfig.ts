import * as z from 'zod';
import { Duration } from './duration.ts';
import { Size } from './size.ts';

/** How much of the history is kept. */
export const HistoryConfig = z.strictObject({
  keep: Duration.optional().meta({
    title: 'Keep',
    description: 'How long a batch is kept after its end. Default: `365d`.',
    examples: ['90d'],
  }),
  batches: z
    .int('Expected a number from 1 to 1000000.')
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({
      title: 'Batches',
      description: 'How many batches are kept: the newest. Default: 10000.',
      examples: [2000],
    }),
  size: Size.optional().meta({
    title: 'Size',
    description: 'How much room batches may take together with their output; the oldest go. Default: `10GB`.',
    examples: ['2GB'],
  }),
});
