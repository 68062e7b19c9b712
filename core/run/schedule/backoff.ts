import * as z from 'zod';

/** Kinds of outcome that may be tried again. */
export const retryable = ['unreachable', 'failed', 'timed-out', 'signalled', 'lost'] as const;

/** When to try again, and how long to wait before it. */
export const Retries = z.object({
  /** Further attempts after the first. */
  count: z.int().min(0).max(10),
  backoff: z.enum(['constant', 'exponential']),
  /** Milliseconds before the second attempt; each further exponential wait is twice as long. */
  delayMs: z.int().min(0),
  /** Milliseconds that an exponential wait grows to at most. */
  maxDelayMs: z.int().min(0),
  /** Kinds of outcome that are tried again. */
  on: z.array(z.enum(retryable)),
  /** Running twice does no harm: only then is tried again what may still run. */
  idempotent: z.boolean(),
});
export type Retries = z.infer<typeof Retries>;

/** What a person asked of retries. */
export const RetriesRequest = Retries.partial();
export type RetriesRequest = z.infer<typeof RetriesRequest>;

/** How it is tried again where a person only says how often: only what can not have run. */
export const defaultRetries: Omit<Retries, 'count'> = {
  backoff: 'exponential',
  delayMs: 1000,
  maxDelayMs: 60_000,
  on: ['unreachable'],
  idempotent: false,
};

/**
 * Milliseconds to wait before attempt `attempt` + 1, where the first attempt is 1. Half of the wait is random, so that
 * many nodes that failed at once do not come back at once.
 *
 * @param random a number from 0 to below 1
 */
export function backoffDelay(retries: Retries, attempt: number, random: number): number {
  const { backoff, delayMs, maxDelayMs } = retries;
  const full = backoff === 'constant' ? delayMs : Math.min(maxDelayMs, delayMs * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}
