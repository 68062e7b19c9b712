import * as z from 'zod';

/** Text for the node's shell. NUL ends a string in every shell, so that what follows would silently not run. */
const Command = z
  .string()
  .refine((text) => text.trim() !== '', 'The command is empty.')
  .refine((text) => !text.includes('\0'), 'The command contains a NUL character, which no shell can take.');

/** What a batch does on each of its targets. */
export const Action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('command'), command: Command }),
]);
export type Action = z.infer<typeof Action>;

/** The action in one line, for headers and lists. */
export function actionTitle(action: Action): string {
  return action.command;
}
