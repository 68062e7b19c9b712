import * as z from 'zod';
import { Control } from '../run/controls.ts';
import type { ActionType } from '../run/action.ts';
import type { Origin } from '../run/origin.ts';
import type { ExecutionStatus } from '../run/state.ts';

/** A batch in one line. */
export type BatchSummary = {
  id: string;
  title: string;
  kind: ActionType;
  /** Absolute path of the playbook or task that it ran. */
  file?: string;
  /** Who ran it. */
  user: string;
  status: string;
  nodes: number;
  completed: number;
  failures: number;
  /** Statuses that there are, over all executions. */
  counts: Partial<Record<ExecutionStatus, number>>;
  startedAt: number;
  endedAt?: number;
  /** When the first execution left the queue and when the last that started ended: the time that the work itself took. */
  firstStart?: number;
  lastEnd?: number;
  /** The batch that this one runs again. */
  origin?: Origin;
  /** The process that runs it, where that is not the engine that answers: `process 4711 (muster run)`. */
  elsewhere?: string;
};

export const CancelRequest = z.object({
  batch: z.string(),
  which: z.enum(['all', 'queued', 'execution']),
  execution: z.string().optional(),
});
export type CancelRequest = z.infer<typeof CancelRequest>;

/** What a person does to a running batch, beside stopping it. */
export const ControlRequest = z.object({ batch: z.string(), control: Control });
export type ControlRequest = z.infer<typeof ControlRequest>;

/** What a person said to a prompt: fingerprints of the host keys to trust, or a secret. Empty means no. */
export const PromptAnswer = z.object({
  batch: z.string(),
  prompt: z.string(),
  trust: z.array(z.string()).optional(),
  secret: z.string().optional(),
  goOn: z.boolean().optional(),
});
export type PromptAnswer = z.infer<typeof PromptAnswer>;

/** An ended batch whose processes may still run, on one node or wherever they may. */
export const StopAgainRequest = z.object({ batch: z.string(), node: z.string().optional() });
export type StopAgainRequest = z.infer<typeof StopAgainRequest>;

/** Nodes on which the process is proven gone, and those on which it is not, with the reason. */
export type StopAgainResult = {
  readonly stopped: readonly string[];
  readonly running: readonly { readonly node: string; readonly message: string }[];
};
