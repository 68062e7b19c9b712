import { isAnswered, type Outcome } from './outcome.ts';
import { backoffDelay, type Retries } from './schedule/backoff.ts';

/** A node that turned us away for having too many callers is tried again whatever the plan says: nothing has run. */
const throttled: Retries = {
  count: 2,
  backoff: 'exponential',
  delayMs: 1000,
  maxDelayMs: 8000,
  on: ['unreachable'],
  idempotent: false,
};

/**
 * Milliseconds after which an execution is tried again; undefined where its outcome stands. Never again: what a person
 * has to put right (a login, a host key), and what may have run, unless running twice does no harm.
 */
export function retryDelay(
  outcome: Outcome,
  attempt: number,
  { retries, random }: { retries: Retries | undefined; random: number },
): number | undefined {
  const policy =
    outcome.status === 'unreachable' && outcome.kind === 'throttled' ? atLeast(retries) : retries;
  if (!policy || attempt > policy.count || !isTransient(outcome, policy)) return undefined;
  return backoffDelay(policy, attempt, random);
}

function atLeast(retries: Retries | undefined): Retries {
  return retries && retries.count >= throttled.count && retries.on.includes('unreachable')
    ? retries
    : throttled;
}

function isTransient(outcome: Outcome, { on, idempotent }: Retries): boolean {
  switch (outcome.status) {
    case 'unreachable':
      return on.includes('unreachable') && !isAnswered(outcome.kind);
    case 'failed':
      // A password that was refused would lock the account in the end.
      return outcome.step !== 'run-as' && on.includes('failed');
    case 'signalled':
      return on.includes('signalled');
    case 'timed-out':
      return on.includes('timed-out') && (idempotent || outcome.remote !== 'may-still-run');
    case 'lost':
      return on.includes('lost') && idempotent;
    case 'ok':
    case 'cancelled':
    case 'skipped':
    case 'not-started':
    case 'refused':
    case 'interrupted':
    case 'crashed':
      return false;
  }
}
