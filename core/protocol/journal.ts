import * as z from 'zod';
import {
  type JournalEntry,
  JournalKind,
  JournalLevel,
  JournalSource,
  longestText,
} from '../journal/entry.ts';
import type { Result } from '../util/errors.ts';

const time = z.number().min(0);
const node = z.string().min(1).max(512);

/** Entries of one node; each field narrows them down. */
export const JournalQuery = z.object({
  node,
  kinds: z.array(JournalKind).max(3).readonly().optional(),
  /** This level and those above it. */
  level: JournalLevel.optional(),
  source: JournalSource.optional(),
  /** From this time on, and before that one: milliseconds since the epoch. */
  since: time.optional(),
  until: time.optional(),
  /** Text of it, whatever its case. */
  text: z.string().min(1).max(1024).optional(),
  /** From 1. */
  page: z.int().min(1).max(10_000).optional(),
  pageSize: z.int().min(1).max(1000).optional(),
});
export type JournalQuery = z.infer<typeof JournalQuery>;

/** A page of a node's journal, the newest entry first. */
export type JournalPage = {
  readonly entries: readonly JournalEntry[];
  readonly page: number;
  readonly pageSize: number;
  /** Whether there is another page. */
  readonly more: boolean;
};

/** A person's note, or what a plugin has to say, about each of these nodes. */
export const AddJournalRequest = z.object({
  nodes: z.array(node).min(1).max(5000).readonly(),
  text: z
    .string()
    .trim()
    .min(1, 'Write what is to be noted.')
    .max(longestText, `Write at most ${longestText} characters.`),
  /** Default: `info`. */
  level: JournalLevel.optional(),
  /** The plugin that speaks; without it, it is a person's note. */
  source: JournalSource.optional(),
  /** Default: `note`, of a plugin `event`. */
  type: z.string().min(1).max(64).optional(),
  link: z.object({ batch: z.string().max(64), execution: z.string().max(64).optional() }).optional(),
});
export type AddJournalRequest = z.infer<typeof AddJournalRequest>;

export type AddedJournal = {
  /** Empty where the level is below what is kept of its source. */
  readonly entries: readonly JournalEntry[];
  /** Nodes that had no entry by hand or of a plugin before. */
  readonly fresh: readonly string[];
};

/** What happened to each node, notes among it. */
export interface JournalClient {
  journal(query: JournalQuery): Promise<Result<JournalPage>>;
  addJournal(request: AddJournalRequest): Promise<Result<AddedJournal>>;
}
