import * as z from 'zod';

/** From what nobody need look at to what somebody must. */
export const journalLevels = ['debug', 'info', 'warning', 'error'] as const;
export const JournalLevel = z.enum(journalLevels);
export type JournalLevel = z.infer<typeof JournalLevel>;

/** Something that ran on the node, a person's note, or what a plugin has to say. */
export const JournalKind = z.enum(['execution', 'note', 'event']);
export type JournalKind = z.infer<typeof JournalKind>;

/** Names what speaks: a plugin's id, `person` for notes, `muster` for executions. */
export const JournalSource = z
  .string()
  .regex(/^[\w@][\w./@-]{0,99}$/, 'Name what speaks in letters, digits, ".", "-", "/", "@" and "_".');

/** Characters of a text. */
export const longestText = 10_000;

/** One thing that happened to a node. */
export const JournalEntry = z.object({
  id: z.string().max(128),
  /** Milliseconds since the epoch. */
  at: z.number(),
  node: z.string().max(512),
  kind: JournalKind,
  /** What it is about, in the words of its source: `command`, `package`, `provisioning`. */
  type: z.string().max(64),
  level: JournalLevel,
  source: JournalSource,
  /** Who did it. */
  by: z.string().max(256),
  text: z.string().max(longestText),
  /** How it ended, in a sentence; only of executions. */
  result: z.string().optional(),
  link: z.object({ batch: z.string().max(64), execution: z.string().max(64).optional() }).optional(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;
