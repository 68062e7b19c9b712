import type { ConnectionInfo, Extent, LoggedEvent } from './events.ts';
import type { Outcome, OutcomeStatus, Phase } from './outcome.ts';
import { failedStep, type StepState, withStep } from './stepState.ts';
import { outcomeMessage } from './statuses.ts';

/** Before the end an execution is in one of these; afterwards it has the status of its outcome. */
export const liveStatuses = ['queued', 'connecting', 'waiting', 'running'] as const;
export type LiveStatus = (typeof liveStatuses)[number];
export type ExecutionStatus = LiveStatus | OutcomeStatus;

export type ExecutionState = {
  readonly id: string;
  readonly node: string;
  /** Its set of parameters, where the batch has some. */
  readonly item?: { readonly index: number; readonly name: string } | undefined;
  readonly status: ExecutionStatus;
  readonly phases: readonly { readonly phase: Phase; readonly at: number }[];
  /** Milliseconds since the Unix epoch; when it left the queue. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
  /** When a stop after the end of the batch proved its process gone, in milliseconds since the Unix epoch. */
  readonly stoppedAt?: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** Last line of either stream; once it has failed at a step, of that step. */
  readonly lastLine: string;
  /** When the output ended, as far as it has come, within a line; milliseconds since the Unix epoch. */
  readonly midLineSince?: number | undefined;
  /** Bytes of files that are over, of all; 0 where nobody knows how many. */
  readonly transfer?: { readonly bytes: number; readonly of: number };
  readonly connection?: ConnectionInfo;
  /** Leader of the process group on the node. */
  readonly pid?: number;
  readonly extents: readonly Extent[];
  /** Bytes between the beginning and the end of the output that are not kept. */
  readonly leftOut?: number;
  /** Steps of a playbook that have begun or were skipped, in that order. */
  readonly steps?: readonly StepState[];
  readonly notes: readonly string[];
  /** Attempts that have begun. */
  readonly attempts: number;
  /** Wave of a rolling batch, from 1. */
  readonly wave?: number;
};

export function isLive(status: ExecutionStatus): status is LiveStatus {
  return (liveStatuses as readonly string[]).includes(status);
}

/** Milliseconds of silence after which a line without an end looks like a question. */
const silenceMs = 5000;

/**
 * Whether a command looks as if it waited for an answer: it has begun a line, and then nothing came. Only a hint: a
 * command that prints dots while it works looks the same. `now` is milliseconds since the Unix epoch.
 */
export function waitsForInput({ status, midLineSince }: ExecutionState, now: number): boolean {
  return status === 'running' && midLineSince !== undefined && now - midLineSince >= silenceMs;
}

/** An execution whose outcome is known. */
export type Ended = ExecutionState & { readonly outcome: Outcome };

export function hasEnded(execution: ExecutionState): execution is Ended {
  return execution.outcome !== undefined;
}

export type ExecutionEvent = Extract<LoggedEvent, { type: (typeof ofExecution)[number] }>;

const ofExecution = [
  'executionStarted',
  'attemptStarted',
  'attemptFailed',
  'phaseChanged',
  'connected',
  'processStarted',
  'outputProgress',
  'transferProgress',
  'stepStarted',
  'stepFinished',
  'executionFinished',
] as const;

/** Events that change one execution and nothing else. */
export function isOfExecution(event: LoggedEvent): event is ExecutionEvent {
  return (ofExecution as readonly string[]).includes(event.type);
}

/** What an event changes in its execution. */
export function changeOf(before: ExecutionState, event: ExecutionEvent): Partial<ExecutionState> {
  switch (event.type) {
    case 'executionStarted':
      return { status: 'connecting', startedAt: event.at, attempts: 1 };
    case 'attemptStarted':
      return { status: 'connecting', startedAt: before.startedAt ?? event.at, attempts: event.attempt };
    case 'attemptFailed':
      return { status: 'queued', notes: [...before.notes, attemptNote(event)] };
    case 'phaseChanged':
      return {
        status: statusIn(event.phase),
        phases: [...before.phases, { phase: event.phase, at: event.at }],
      };
    case 'connected':
      return { connection: event.connection };
    case 'processStarted':
      return { pid: event.pid };
    case 'outputProgress':
      return { ...countersOf(event), midLineSince: event.midLine && event.at };
    case 'transferProgress':
      return { transfer: { bytes: event.bytes, of: event.of } };
    case 'stepStarted':
      return { steps: withStep(before.steps ?? [], event) };
    case 'stepFinished': {
      const { exitCode, signal, extents, step, leftOut = 0 } = event;
      const kept = { ...countersOf(event), extents, ...(leftOut > 0 && { leftOut }) };
      if (step === undefined) return { ...kept, exitCode, signal };
      // How a playbook ended is up to its outcome, not to its last step.
      return { ...kept, steps: withStep(before.steps ?? [], event) };
    }
    case 'executionFinished':
      return { ...endOf(before, event.outcome), endedAt: event.at };
  }
}

function endOf(before: ExecutionState, outcome: Outcome): Partial<ExecutionState> {
  const { status } = outcome;
  if (!before.steps) return { status, outcome };
  const exitCode = status === 'failed' ? (outcome.exitCode ?? null) : null;
  const failed = failedStep({ ...before, outcome });
  return {
    status,
    outcome,
    exitCode,
    signal: status === 'signalled' ? outcome.signal : null,
    // What comes at the end of a playbook says nothing about why it failed.
    ...(failed && { lastLine: failed.lastLine ?? '' }),
  };
}

function countersOf(event: {
  stdoutBytes: number;
  stderrBytes: number;
  lastLine: string;
}): Partial<ExecutionState> {
  return { stdoutBytes: event.stdoutBytes, stderrBytes: event.stderrBytes, lastLine: event.lastLine };
}

function attemptNote({
  attempt,
  outcome,
  retryInMs,
}: Extract<LoggedEvent, { type: 'attemptFailed' }>): string {
  return `attempt ${attempt}: ${outcomeMessage(outcome)}; again in ${Math.round(retryInMs / 100) / 10} s`;
}

function statusIn(phase: Phase): LiveStatus {
  switch (phase) {
    case 'queued':
      return 'queued';
    case 'host-key':
      return 'waiting';
    case 'run':
    case 'drain':
      return 'running';
    case 'dns':
    case 'tcp':
    case 'banner':
    case 'kex':
    case 'auth':
    case 'channel':
      return 'connecting';
  }
}
