import * as z from 'zod';
import { AtOnce } from '../schema/atOnce.ts';

/** What a person may do to a running batch, beside stopping it. */
export const Control = z.discriminatedUnion('type', [
  /** Start no more nodes; running ones go on. */
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('concurrency'), concurrency: AtOnce }),
  /** Answers a barrier: go on with the next wave, or stop after this one. */
  z.object({ type: z.literal('proceed'), wave: z.int(), go: z.boolean() }),
]);
export type Control = z.infer<typeof Control>;
