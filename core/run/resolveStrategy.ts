import type { Result } from '../util/errors.ts';
import { defaultConcurrency, defaultLimits, type PlanRequest } from './plan.ts';
import { defaultRetries, type Retries, type RetriesRequest } from './schedule/backoff.ts';
import type { Limits, LimitsRequest, Strategy, StrategyRequest } from './strategy.ts';

/** How a plan runs: what was asked, and the defaults for the rest. */
export type Resolved = { readonly strategy: Strategy; readonly limits: Limits };

/** Fills in what the request leaves open, for `count` nodes. Refused: parts of a strategy that do not go together. */
export function resolveStrategy({ strategy, limits }: PlanRequest, count: number): Result<Resolved> {
  const asked = strategy ?? {};
  const { mode = modeOf(asked), concurrency = defaultConcurrency, failFast = false, ...rest } = asked;
  const message = misfit(mode, asked) ?? retriesMisfit(limits);
  if (message !== undefined) return { ok: false, error: { code: 'USAGE', message } };
  return {
    ok: true,
    value: {
      strategy: {
        ...rest,
        ...(mode === 'rolling' && { waves: asked.waves ?? defaultWaves }),
        mode,
        concurrency: Math.min(count, concurrency),
        failFast,
      },
      limits: limitsOf(limits ?? {}),
    },
  };
}

/** A canary, a tenth, then halves. */
const defaultWaves: Strategy['waves'] = [1, '10%', '50%'];

/** Whoever says how large waves are wants waves. */
function modeOf({ waves }: StrategyRequest): Strategy['mode'] {
  return waves === undefined ? 'parallel' : 'rolling';
}

/** What only means something between waves. */
const ofWaves = {
  waves: 'Sizes of waves',
  barrier: 'A wait between waves',
  probe: 'A probe after each wave',
  maxFailuresPerWave: 'A failure budget of each wave',
} as const satisfies Partial<Record<keyof Strategy, string>>;

function misfit(mode: Strategy['mode'], asked: StrategyRequest): string | undefined {
  if (mode === 'rolling') return undefined;
  const found = Object.entries(ofWaves).find(([key]) => asked[key as keyof typeof ofWaves] !== undefined);
  return found && `${found[1]} needs a run in waves, and this one is ${mode}. Say how large the waves are.`;
}

function retriesMisfit(limits: LimitsRequest | undefined): string | undefined {
  if (!limits?.retries || limits.retries.count !== undefined) return undefined;
  return 'How to try again is said, but not how often. Give the number of retries.';
}

function limitsOf({ retries, ...asked }: LimitsRequest): Limits {
  const { timeoutMs = defaultLimits.timeoutMs, connectTimeoutMs = defaultLimits.connectTimeoutMs } = asked;
  const again = retries && retriesOf(retries);
  return { ...asked, timeoutMs, connectTimeoutMs, ...(again && { retries: again }) };
}

/** Undefined where nothing is tried again. A delay that was asked for is not cut by the usual longest one. */
function retriesOf(asked: RetriesRequest): Retries | undefined {
  const { count = 0, backoff = defaultRetries.backoff, delayMs = defaultRetries.delayMs } = asked;
  const { maxDelayMs = Math.max(delayMs, defaultRetries.maxDelayMs) } = asked;
  const { on = defaultRetries.on, idempotent = defaultRetries.idempotent } = asked;
  return count === 0 ? undefined : { count, backoff, delayMs, maxDelayMs, on, idempotent };
}
