import * as z from 'zod';

/** What ssh asks: for a secret, or for a touch of a security key, which it waits for by itself. */
export const askpassQuestion = z.object({ kind: z.enum(['secret', 'touch']), text: z.string() });
export type AskpassQuestion = z.infer<typeof askpassQuestion>;
