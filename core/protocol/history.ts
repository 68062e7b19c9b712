import * as z from 'zod';
import { ActionType } from '../run/action.ts';
import { BatchEnd } from '../run/outcome.ts';
import type { Result } from '../util/errors.ts';
import type { BatchSummary } from './batch.ts';

const time = z.number().min(0);

/** Which batches of the history; each field narrows it down. Without any, all of them. */
export const HistoryQuery = z.object({
  /** Begun at this time or later, and before that one: milliseconds since the epoch. */
  since: time.optional(),
  until: time.optional(),
  /** Who ran it: the whole name. */
  user: z.string().max(256).optional(),
  /** Statuses of the batch as a whole. */
  statuses: z
    .array(z.enum(['running', ...BatchEnd.options]))
    .max(16)
    .optional(),
  /** What was done. */
  kinds: z.array(ActionType).max(16).optional(),
  /** The id, or its last characters, whatever their case. */
  batch: z.string().min(1).max(64).optional(),
  /** These four are about one execution, which has to fit them all: it ran on one of these nodes, … */
  nodes: z.array(z.string().max(512)).max(5000).optional(),
  /** … goes or ended in one of these statuses, … */
  outcomes: z.array(z.string().max(32)).max(32).optional(),
  /** … its node had this tag then, … */
  tag: z.string().max(256).optional(),
  /** … and its stdout or its stderr has this text, whatever its case. */
  text: z.string().min(1).max(1024).optional(),
  /** From 1. */
  page: z.int().min(1).optional(),
  pageSize: z.int().min(1).max(1000).optional(),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** A page of the history, the newest batch first. */
export type HistoryPage = {
  readonly batches: readonly BatchSummary[];
  /** Batches that fit the query. */
  readonly found: number;
  readonly page: number;
  readonly pageSize: number;
  /** What a person should know about the history itself, such as an index that was broken. Told once. */
  readonly notes: readonly string[];
};

/** Batches by their whole ids. */
export const DeleteBatches = z.object({ batches: z.array(z.string().max(64)).max(10_000) });
export type DeleteBatches = z.infer<typeof DeleteBatches>;

/** What is gone, with output and everything, and what is not, with the reason. */
export type DeletedBatches = {
  readonly deleted: readonly string[];
  readonly refused: readonly { readonly batch: string; readonly message: string }[];
};

/** How many batches were read again. */
export type RebuiltHistory = { readonly batches: number; readonly notes: readonly string[] };

/** What a client can ask of the history as a whole. */
export interface HistoryClient {
  /** A page of all batches that there are on disk, those that run among them. */
  history(query: HistoryQuery): Promise<Result<HistoryPage>>;
  /** Deletes ended batches with their output. One that runs, here or elsewhere, is refused. */
  deleteBatches(request: DeleteBatches): Promise<Result<DeletedBatches>>;
  /** Makes the index of the history anew from what is on disk. */
  rebuildHistory(): Promise<Result<RebuiltHistory>>;
}
