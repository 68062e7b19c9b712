import * as z from 'zod';

/** What a batch does on each of its targets. */
export const Action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('command'), command: z.string().min(1) }),
]);
export type Action = z.infer<typeof Action>;

/** The action in one line, for headers and lists. */
export function actionTitle(action: Action): string {
  return action.command;
}
