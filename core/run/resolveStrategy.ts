import { builtInConfig, type Config, layerHow } from '../config/config.ts';
import { classify, type Classified } from '../config/commandClass.ts';
import type { Result } from '../util/errors.ts';
import { defaultConcurrency, defaultLimits, type PlanRequest } from './plan.ts';
import { defaultRetries, type Retries, type RetriesRequest } from './schedule/backoff.ts';
import type { Limits, LimitsRequest, Strategy, StrategyRequest } from './strategy.ts';

/** How a plan runs: what was asked for, else what its command's class says, else what is configured. */
export type Resolved = {
  readonly strategy: Strategy;
  readonly limits: Limits;
  /** The class of the command, where it has one. */
  readonly classified: Classified | undefined;
};

/** Fills in what the request leaves open. Refused: parts of a strategy that do not go together. */
export function resolveStrategy(request: PlanRequest, config: Config = builtInConfig): Result<Resolved> {
  const { action } = request;
  const classified = action.type === 'command' ? classify(action.command, config.classes) : undefined;
  const { mode: classMode, timeoutMs, concurrency } = classified?.commandClass ?? {};
  const usual = layerHow(config, config.actions[action.type]);
  const asked = request.strategy ?? {};
  const mode = asked.mode ?? (asked.waves === undefined ? (classMode ?? 'parallel') : 'rolling');
  const limits: LimitsRequest = {
    ...usual.limits,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...request.limits,
    retries: { ...usual.limits.retries, ...request.limits?.retries },
  };
  const message = strategyMisfit(mode, asked) ?? retriesMisfit(limits);
  if (message !== undefined) return { ok: false, error: { code: 'USAGE', message } };
  const strategy = {
    ...usual.strategy,
    ...(concurrency !== undefined && { concurrency }),
    ...asked,
    ...(mode === 'rolling' && { waves: asked.waves ?? defaultWaves }),
  };
  const value = { strategy: strategyOf(mode, strategy), limits: limitsOf(limits), classified };
  return { ok: true, value };
}

/** A canary, a tenth, then halves. */
const defaultWaves: Strategy['waves'] = [1, '10%', '50%'];

/** What only means something between waves. */
const ofWaves = {
  waves: 'Sizes of waves',
  barrier: 'A wait between waves',
  probe: 'A probe after each wave',
  maxFailuresPerWave: 'A failure budget of each wave',
} as const satisfies Partial<Record<keyof Strategy, string>>;

/** Why parts of a strategy do not go together; undefined where they do. */
export function strategyMisfit(mode: Strategy['mode'], asked: StrategyRequest): string | undefined {
  if (asked.lockstep && mode === 'sequential')
    return 'In lockstep several nodes go side by side, and this run is sequential. Choose one of the two.';
  if (mode === 'rolling') return undefined;
  const found = Object.entries(ofWaves).find(([key]) => asked[key as keyof typeof ofWaves] !== undefined);
  return found && `${found[1]} needs a run in waves, and this one is ${mode}. Say how large the waves are.`;
}

function retriesMisfit({ retries = {} }: LimitsRequest): string | undefined {
  if (retries.count !== undefined || Object.keys(retries).length === 0) return undefined;
  return 'How to try again is said, but not how often. Give the number of retries.';
}

function strategyOf(
  mode: Strategy['mode'],
  { concurrency = defaultConcurrency, stopOnFailure = false, ...rest }: StrategyRequest,
): Strategy {
  return { ...rest, mode, concurrency, stopOnFailure };
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
