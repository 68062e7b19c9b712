import type { Outcome, OutcomeStatus, RemoteFate } from './outcome.ts';
import { failedStep, type StepState } from './stepState.ts';

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
      if (outcome.reason !== undefined) return `${outcome.status}: ${outcome.reason}`;
      return fateMessage(outcome.status, outcome.remote);
    case 'interrupted':
      return fateMessage(outcome.status, outcome.remote);
    case 'skipped':
    case 'not-started':
      return outcome.reason;
  }
}

type Ending = {
  readonly outcome?: Outcome;
  readonly stoppedAt?: number;
  readonly steps?: readonly StepState[];
};

/**
 * The same about an execution, with the step that failed (`Health check: exit 3`) and what a later stop has found; empty
 * before its end.
 */
export function endMessage(execution: Ending): string {
  const message = ownMessage(execution);
  const step = failedStep(execution);
  return step && step.title !== message ? `${stepName(step)}: ${message}` : message;
}

/** What a step is called where there is little room. */
export function stepName({ title }: StepState): string {
  return title.length > 60 ? `${title.slice(0, 60)}…` : title;
}

function ownMessage({ outcome, stoppedAt }: Ending): string {
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
