import * as z from 'zod';
import type { Gathered } from '../run/gather/cluster.ts';

/** The answers of a batch, equal ones together. */
export const AnswersQuery = z.object({
  batch: z.string().max(64),
  /** Without masks: names, times and the like count as they are. */
  exact: z.boolean().optional(),
  /** Path of a step in the plan: only what the nodes said in that step. */
  step: z.string().max(1_000).optional(),
  /** How many lines of the largest answer are wanted, and of what differs in the others. Default: a few. */
  lines: z.int().min(1).max(400).optional(),
});
export type AnswersQuery = z.infer<typeof AnswersQuery>;

export type Answers = Gathered & {
  readonly batch: string;
  readonly exact: boolean;
  /** The step that they are of; missing where they are of all output. */
  readonly step?: string | undefined;
  /** Executions that have ended and whose output is still to be read: ask again. */
  readonly unread: number;
};
