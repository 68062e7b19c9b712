import * as z from 'zod';
import { rerunChoices } from './rerunChoice.ts';

/** The batch that another one runs again, and which of its nodes. */
export const Origin = z.object({
  /** Its whole id. */
  batch: z.string().max(64),
  which: z.enum(rerunChoices),
});
export type Origin = z.infer<typeof Origin>;
