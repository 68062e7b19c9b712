import * as z from 'zod';
import type { StepResult } from '../export/steps.ts';
import type { Metrics } from '../run/metrics.ts';
import type { Origin } from '../run/origin.ts';
import type { RemoteFate } from '../run/outcome.ts';
import type { ExecutionStatus } from '../run/state.ts';

/** What somebody wants to know about a batch and some of its executions. */
export const StatusQuery = z.object({
  batch: z.string().max(64),
  /** Only executions in one of these statuses. */
  statuses: z.array(z.string().max(32)).max(32).optional(),
  /** Only executions whose node, message or last line has this text, whatever its case. */
  search: z.string().max(256).optional(),
  /** Default: by the node's name. `trouble`: those that failed first, else as in the plan. */
  sort: z.enum(['node', 'status', 'duration', 'plan', 'trouble']).optional(),
  /** From 1. */
  page: z.int().min(1).optional(),
  pageSize: z.int().min(1).max(1000).optional(),
});
export type StatusQuery = z.infer<typeof StatusQuery>;

/** One execution of a batch, as far as it is. */
export type ExecutionSummary = {
  id: string;
  node: string;
  /** What people call its set of parameters, where the batch has some. */
  item?: string;
  /** `deploy@10.0.3.3`, where it was connected to; null before, and of a local node. */
  address: string | null;
  status: ExecutionStatus;
  /** How it ended, in a sentence; empty before. */
  message: string;
  /** What is known about its process now, after stops too; null where nothing had to be stopped. */
  remote: RemoteFate | null;
  exitCode: number | null;
  attempts: number;
  /** Milliseconds since the epoch; null when it never started or has not ended. */
  startedAt: number | null;
  endedAt: number | null;
  /** Milliseconds, up to now while it runs; null when it never started. */
  durationMs: number | null;
  /** Steps of a playbook that have begun or were skipped. */
  steps?: StepResult[];
};

/** A page of a batch. */
export type BatchPage = {
  batch: string;
  title: string;
  user: string;
  /** The batch that this one runs again. */
  origin: Origin | null;
  status: string;
  startedAt: number;
  endedAt: number | null;
  /** Statuses that there are, over all executions. */
  counts: Partial<Record<ExecutionStatus, number>>;
  nodes: number;
  completed: number;
  /** From 0 to 100, rounded down. */
  percent: number;
  metrics: Metrics;
  paused: boolean;
  /** The limit that holds up the next start. */
  heldBy: string | null;
  /** Circuits that are not closed. */
  breakers: Readonly<Record<string, 'open' | 'half-open'>>;
  /** What a person should know about the batch as a whole, such as a disk that was full. */
  notes: readonly string[];
  /** Executions that fit the query. */
  found: number;
  page: number;
  pageSize: number;
  executions: ExecutionSummary[];
};
