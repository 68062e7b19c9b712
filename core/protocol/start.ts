import * as z from 'zod';
import { Decision } from '../policy/verdict.ts';
import { BlastRadius } from '../run/blastRadius.ts';
import { Origin } from '../run/origin.ts';
import { Plan, type PlanRequest } from '../run/plan.ts';

/** What a person looks at before the start. */
export const PlanPreview = z.object({
  plan: Plan,
  /** What is left out or changed by how things are, such as a source that is not used: no reason to ask, but to say. */
  notes: z.array(z.string()),
  /** Facts for a person to weigh before the start. */
  warnings: z.array(z.string()),
  /** How much it concerns, and how much of that at once. */
  blast: BlastRadius,
  /** What the rules say: what has to be confirmed or typed before the start, and why. */
  decision: Decision,
  /** Why the start would be refused as things are. */
  denied: z.string().optional(),
});
export type PlanPreview = z.infer<typeof PlanPreview>;

/** A plan that was saved, to be run later exactly as it is. Secrets are not in it. */
export const PlanFile = z.object({
  version: z.literal(1),
  plan: Plan,
  /** Files of the command line that gave parameters: the plan has their values. */
  given: z.array(z.object({ path: z.string(), sha256: z.string() })).optional(),
});
export type PlanFile = z.infer<typeof PlanFile>;

/** A plan to start, and what came with the person's yes. */
export const StartRequest = z.object({
  plan: Plan,
  /** A person said yes to this plan. */
  confirmed: z.boolean().optional(),
  /** What a person typed where the rules ask for it. */
  typed: z.string().max(256).optional(),
  /** What the command reads on stdin, base64: the bytes of which the plan has the digest. */
  stdin: z.base64().optional(),
  /** Secrets that came from a person: parameters and answers, by name. They are never on disk. */
  secrets: z.record(z.string(), z.string()).optional(),
  /** Write down what SSH connections say about themselves, into the batch's folder. */
  debugSsh: z.boolean().optional(),
  /** The same, and keep the stacks of what crashes. */
  debug: z.boolean().optional(),
});
export type StartRequest = z.infer<typeof StartRequest>;

export const StartResult = z.object({ batch: z.string(), executions: z.array(z.string()) });
export type StartResult = z.infer<typeof StartResult>;

/** An ended batch to run again, and on which of its nodes. */
export const RerunQuery = Origin.extend({
  /** Selection expression: only these of the nodes that the choice is about. */
  nodes: z.string().optional(),
});
export type RerunQuery = z.infer<typeof RerunQuery>;

/** The request that runs a batch again as it was asked for; it is planned and started as any other. */
export type Rerun = { readonly request: PlanRequest; readonly notes: readonly string[] };
