import * as z from 'zod';
import { SourceRef } from '../inventory/source.ts';
import { Pick } from '../selection/pick.ts';
import { Action } from './action.ts';
import { PlannedFile } from './fileActions.ts';
import { Items } from './items.ts';
import { Origin } from './origin.ts';
import { Limits, LimitsRequest, Strategy, StrategyRequest } from './strategy.ts';

/** Address and login of one hop on the way to a node. */
export const Endpoint = z.object({
  host: z.string(),
  port: z.number().int(),
  user: z.string().optional(),
});
export type Endpoint = z.infer<typeof Endpoint>;

/** A node resolved for a batch: everything that running on it needs, nothing looked up later. */
export const Target = z.object({
  node: z.string(),
  /** Name of the transport that reaches it. */
  transport: z.string(),
  /** Connection settings, as the transport's own options schema has them: plain JSON. */
  options: z.record(z.string(), z.unknown()),
  /** Milliseconds that connecting to it may take. */
  connectTimeoutMs: z.number().int().positive(),
  tags: z.array(z.string()),
  vars: z.record(z.string(), z.json()),
  /** Groups that it is in, also by an inner group; where templates may ask. */
  groups: z.array(z.string()).optional(),
  /** What its sources know about it, as a tree; where templates may ask. */
  facts: z.record(z.string(), z.json()).optional(),
  /** It is this machine, of no inventory: a person asked for what runs here. */
  isHere: z.literal(true).optional(),
});
export type Target = z.infer<typeof Target>;

/** One node (or one item) within a batch. */
export const PlannedExecution = z.object({
  id: z.string(),
  node: z.string(),
  /** Which set of parameters, from 0, and what people call it. */
  item: z.object({ index: z.int().min(0), name: z.string() }).optional(),
});
export type PlannedExecution = z.infer<typeof PlannedExecution>;

/** What a person asked for, before it is resolved. */
export const PlanRequest = z.object({
  action: Action,
  /** Selection expression, SELECTION.md's language. */
  selection: z.string(),
  /**
   * Groups from ticks, saved selections or the API, beside the expression. One that is gone is left out, with a warning:
   * what was saved yesterday must not stop today's run.
   */
  groups: z.array(z.string()).optional(),
  /** Order of the targets, and a part of them. */
  pick: Pick.optional(),
  sources: z.array(SourceRef),
  strategy: StrategyRequest.optional(),
  limits: LimitsRequest.optional(),
  /** Overrides the known_hosts file of every target. */
  knownHosts: z.string().optional(),
  /** Sets of parameters: it runs once for each on each node; on this machine where no nodes are given. */
  items: Items.optional(),
  /** Refuse plans with more targets than this. */
  maxTargets: z.number().int().min(1).max(5000).optional(),
  /** The ended batch that this runs again: only nodes of it that the choice is about, in its order. */
  origin: Origin.optional(),
});
export type PlanRequest = z.infer<typeof PlanRequest>;

/**
 * The resolved, immutable value that is previewed, run, stored and re-run.
 * `hash` covers all other fields: a plan is started only if resolving its request again gives the same hash.
 */
export const Plan = z.object({
  version: z.literal(1),
  request: PlanRequest,
  action: Action,
  targets: z.array(Target),
  executions: z.array(PlannedExecution),
  /** Nodes beside the targets that steps are delegated to. */
  delegates: z.array(Target).optional(),
  /** Sets of parameters, as they are used. */
  items: Items.optional(),
  /** Files of this machine that it copies, or the script that it runs. */
  files: z.array(PlannedFile).optional(),
  strategy: Strategy,
  limits: Limits,
  hash: z.string(),
});
export type Plan = z.infer<typeof Plan>;

export const defaultLimits: Limits = { timeoutMs: 300_000, connectTimeoutMs: 30_000 };
export const defaultConcurrency = 10;
export const defaultMaxTargets = 1000;
/** Above this many targets a person is asked before the start. */
export const warnAbove = 10;
