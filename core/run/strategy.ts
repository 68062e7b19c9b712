import * as z from 'zod';
import { Retries, RetriesRequest } from './schedule/backoff.ts';
import { Allowance } from './schedule/budget.ts';
import { Rate } from './schedule/rate.ts';
import { Share } from './schedule/waves.ts';
import { AtOnce } from '../schema/atOnce.ts';

const Command = z.object({ type: z.literal('command'), command: z.string().min(1) });

/** What happens between two waves. */
export const Barrier = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pause'), ms: z.int().min(0) }),
  /** Waits until a person says go on, or stop. */
  z.object({ type: z.literal('ask') }),
]);
export type Barrier = z.infer<typeof Barrier>;

export const Strategy = z.object({
  /** `parallel`: a sliding window. `sequential`: one after the other. `rolling`: in waves, each in a sliding window. */
  mode: z.enum(['parallel', 'sequential', 'rolling']),
  /** How many executions run at once. */
  concurrency: AtOnce,
  /** Of steps: all executions of a wave, or of the batch, end one before any of them begins the next. */
  lockstep: z.boolean().optional(),
  /** The first execution that does not end ok (or skipped) stops the rest. */
  stopOnFailure: z.boolean(),
  /** Sizes of the waves of a rolling batch; the last one is repeated. */
  waves: z.array(Share).min(1).optional(),
  barrier: Barrier.optional(),
  /** Runs on the nodes of a wave after it; where it fails the next wave does not begin. */
  probe: Command.optional(),
  /** Failures that the whole batch bears; one more and nothing further starts. */
  maxFailures: Allowance.optional(),
  /** Failures that each wave bears; one more and the next wave does not begin. */
  maxFailuresPerWave: Allowance.optional(),
  /** Starts of executions. */
  rate: Rate.optional(),
  /** Starts of connections, retries included. */
  connectRate: Rate.optional(),
  /** How many executions go through one jump host at once. */
  perJump: AtOnce.optional(),
  /** How many executions of one transport run at once, by its name. */
  perTransport: z.record(z.string(), AtOnce).optional(),
});
export type Strategy = z.infer<typeof Strategy>;

/** Phases of connecting that may have a time limit of their own, in their order. */
export const connectPhases = ['dns', 'tcp', 'banner', 'kex', 'auth', 'channel'] as const;

const Ms = z.int().positive();
/** Milliseconds by phase. */
export const PhaseTimeouts = z
  .object({ dns: Ms, tcp: Ms, banner: Ms, kex: Ms, auth: Ms, channel: Ms })
  .partial();
export type PhaseTimeouts = z.infer<typeof PhaseTimeouts>;

export const Limits = z.object({
  /** Milliseconds that the command may run on a node before it is stopped. */
  timeoutMs: z.int().positive(),
  /** Milliseconds that connecting to a node may take, where its inventory does not say. */
  connectTimeoutMs: z.int().positive(),
  /** Milliseconds that single phases of connecting may take. */
  phaseTimeoutsMs: PhaseTimeouts.optional(),
  retries: Retries.optional(),
});
export type Limits = z.infer<typeof Limits>;

/** What a person asked of a strategy; the rest is filled in when a plan is made. */
export const StrategyRequest = Strategy.partial();
export type StrategyRequest = z.infer<typeof StrategyRequest>;

/** What a person asked of limits; the rest is filled in when a plan is made. */
export const LimitsRequest = Limits.partial().extend({ retries: RetriesRequest.optional() });
export type LimitsRequest = z.infer<typeof LimitsRequest>;
