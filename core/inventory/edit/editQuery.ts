import * as z from 'zod';

/** A change of tags or groups in an `inventory.yaml`. */
export const EditQuery = z.object({
  /** The file, for messages. */
  path: z.string(),
  /** Its text as it is now, saved or not. */
  text: z.string(),
  change: z.object({
    type: z.enum(['add-tag', 'remove-tag', 'add-to-group', 'remove-from-group']),
    /** The tag or the group. */
    name: z.string(),
    nodes: z.array(z.string()).min(1).readonly(),
  }),
});
export type EditQuery = z.infer<typeof EditQuery>;

/** Replaces the UTF-16 units from `start` to before `end` by `text`. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string };

/** How a text has to be changed, and the nodes for which that changes something. */
export type Edited = { readonly edits: readonly TextEdit[]; readonly nodes: readonly string[] };
