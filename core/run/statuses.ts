import type { Outcome, OutcomeStatus, RemoteFate } from './outcome.ts';

/** In the order of the legend: the progress bar and summaries use it. This file stays free of Zod for the web view. */
export const outcomeStatuses = [
  'ok',
  'failed',
  'signalled',
  'timed-out',
  'unreachable',
  'lost',
  'refused',
  'cancelled',
  'skipped',
  'not-started',
  'interrupted',
  'crashed',
] as const satisfies readonly OutcomeStatus[];

/** One sentence about an outcome, for people: `exit 3`, `no answer on port 22 in 10 s`. */
export function outcomeMessage(outcome: Outcome): string {
  switch (outcome.status) {
    case 'ok':
      return 'ok';
    case 'failed':
    case 'timed-out':
    case 'unreachable':
    case 'lost':
    case 'refused':
    case 'crashed':
      return outcome.message;
    case 'signalled':
      return `killed by ${outcome.signal}`;
    case 'cancelled':
    case 'interrupted':
      return fateMessage(outcome.status, outcome.remote);
    case 'skipped':
    case 'not-started':
      return outcome.reason;
  }
}

/** The same about an execution, with what a later stop has found; empty before its end. */
export function endMessage({
  outcome,
  stoppedAt,
}: {
  readonly outcome?: Outcome;
  readonly stoppedAt?: number;
}): string {
  if (!outcome) return '';
  if (stoppedAt === undefined) return outcomeMessage(outcome);
  const isFate = outcome.status === 'cancelled' || outcome.status === 'interrupted';
  const message = isFate ? outcome.status : outcomeMessage(outcome).replace(`; ${mayRunOn}`, '');
  return `${message}; stopped later, the process is gone`;
}

/** Follows what is said about a command that did not end when it was stopped. */
export const mayRunOn = 'it may still run';

function fateMessage(word: string, remote: RemoteFate): string {
  switch (remote) {
    case 'never-started':
      return `${word} before it started`;
    case 'stopped':
      return `${word}; the process is gone`;
    case 'may-still-run':
      return `${word}; the process may still run`;
  }
}
