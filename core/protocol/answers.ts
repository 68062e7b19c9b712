import * as z from 'zod';
import type { Gathered } from '../run/gather/cluster.ts';

/** The answers of a batch, equal ones together. */
export const AnswersQuery = z.object({
  batch: z.string().max(64),
  /** Without masks: names, times and the like count as they are. */
  exact: z.boolean().optional(),
  /** How many lines of the largest answer are wanted, and of what differs in the others. Default: a few. */
  lines: z.int().min(1).max(400).optional(),
});
export type AnswersQuery = z.infer<typeof AnswersQuery>;

export type Answers = Gathered & {
  readonly batch: string;
  readonly exact: boolean;
  /** Executions that have ended and whose output is still to be read: ask again. */
  readonly unread: number;
};
