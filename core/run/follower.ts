import type { Outcome } from './outcome.ts';
import type { PlanRequest } from './plan.ts';
import type { Limits, Strategy } from './strategy.ts';
import { mostAtOnce } from './mostAtOnce.ts';

/** Most nodes that are followed at once: each holds a place, and a connection, until it is stopped. */
export const maxFollowed = mostAtOnce;

/** A follower runs everywhere at once and has no time limit of its own; it is not tried again when it ends. */
export function followerStrategy(strategy: Strategy, nodes: number): Strategy {
  return { mode: 'parallel', concurrency: nodes, stopOnFailure: strategy.stopOnFailure };
}

export function followerLimits({ retries: _retries, ...limits }: Limits): Limits {
  return limits;
}

/** What does not go together with following, for people; undefined where all does. */
export function followerMisfit({ strategy, limits }: PlanRequest): string | undefined {
  if (strategy?.waves !== undefined || (strategy?.mode ?? 'parallel') !== 'parallel') {
    return 'A command that is followed runs on all nodes at once: neither one after the other nor in waves.';
  }
  if (limits?.timeoutMs !== undefined)
    return 'A command that is followed has no time limit. Leave one of the two out.';
  return undefined;
}

/** A follower has no end of its own: being stopped is how it ends well. What may still run is told as ever. */
export function endOfFollower(outcome: Outcome): Outcome {
  if (outcome.status !== 'cancelled') return outcome;
  switch (outcome.remote) {
    case 'stopped':
      return { status: 'ok' };
    case 'never-started':
      return { status: 'skipped', reason: 'stopped before it was connected' };
    case 'may-still-run':
      return outcome;
  }
}
