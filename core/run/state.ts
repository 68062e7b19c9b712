import type { ConnectionInfo, Extent, LoggedEvent, Prompt } from './events.ts';
import type { BatchEnd, Outcome, OutcomeStatus, Phase } from './outcome.ts';
import type { Plan } from './plan.ts';
import { outcomeStatuses } from './statuses.ts';

/** Before the end an execution is in one of these; afterwards it has the status of its outcome. */
export const liveStatuses = ['queued', 'connecting', 'waiting', 'running'] as const;
export type LiveStatus = (typeof liveStatuses)[number];
export type ExecutionStatus = LiveStatus | OutcomeStatus;

export type ExecutionState = {
  readonly id: string;
  readonly node: string;
  readonly status: ExecutionStatus;
  readonly phases: readonly { readonly phase: Phase; readonly at: number }[];
  /** Milliseconds since the Unix epoch; when it left the queue. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly lastLine: string;
  readonly connection?: ConnectionInfo;
  /** Leader of the process group on the node. */
  readonly pid?: number;
  readonly extents: readonly Extent[];
  readonly notes: readonly string[];
};

export type BatchState = {
  readonly id: string;
  /** Number of the last event in this state: a snapshot and all later events give the present. */
  readonly seq: number;
  readonly user: string;
  readonly plan: Omit<Plan, 'targets' | 'executions'>;
  readonly status: 'running' | BatchEnd;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly counts: Readonly<Record<ExecutionStatus, number>>;
  readonly executions: readonly ExecutionState[];
  readonly cancelRequested: boolean;
  readonly prompts: Readonly<Record<string, Prompt>>;
  /** What a person should know about the batch as a whole. */
  readonly notes: readonly string[];
  readonly stopReport?: { readonly stopped: readonly string[]; readonly running: readonly string[] };
};

export function isLive(status: ExecutionStatus): status is LiveStatus {
  return (liveStatuses as readonly string[]).includes(status);
}

/** Executions that have ended, however. */
export function completed(state: BatchState): number {
  return state.executions.length - liveStatuses.reduce((sum, status) => sum + state.counts[status], 0);
}

/** Executions that ended and are neither ok nor skipped. */
export function failures(state: BatchState): number {
  return completed(state) - state.counts.ok - state.counts.skipped;
}

/** Folds one event into the state. Terminal states never change; an event seen before changes nothing. */
export function reduce(state: BatchState | undefined, event: LoggedEvent): BatchState | undefined {
  return reduceAll(state, [event]);
}

/** Folds many events with one copy of the state. */
export function reduceAll(
  state: BatchState | undefined,
  events: readonly LoggedEvent[],
): BatchState | undefined {
  let draft: Draft | undefined = state && draftOf(state);
  for (const event of events) {
    if (event.type === 'batchStarted') draft ??= begin(event);
    else if (draft && event.seq > draft.seq) apply(draft, event);
  }
  if (!draft) return undefined;
  const { at: _at, ...result } = draft;
  return result;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Omit<Mutable<BatchState>, 'executions' | 'counts' | 'prompts'> & {
  executions: ExecutionState[];
  counts: Record<ExecutionStatus, number>;
  prompts: Record<string, Prompt>;
  at: (id: string) => number;
};

function draftOf(state: BatchState): Draft {
  return {
    ...state,
    executions: [...state.executions],
    counts: { ...state.counts },
    prompts: { ...state.prompts },
    at: indexOf(state.executions),
  };
}

/** Ids are looked up often and the list never changes, so its index is made on first use. */
function indexOf(executions: readonly ExecutionState[]): (id: string) => number {
  let index: Map<string, number> | undefined;
  return (id) => (index ??= new Map(executions.map((each, at) => [each.id, at]))).get(id) ?? -1;
}

function begin(event: Extract<LoggedEvent, { type: 'batchStarted' }>): Draft {
  const { targets: _targets, executions: planned, ...plan } = event.plan;
  const executions = planned.map((each): ExecutionState => ({
    ...each,
    status: 'queued',
    phases: [],
    exitCode: null,
    signal: null,
    stdoutBytes: 0,
    stderrBytes: 0,
    lastLine: '',
    extents: [],
    notes: [],
  }));
  const counts = Object.fromEntries(
    [...liveStatuses, ...outcomeStatuses].map((status) => [status, 0]),
  ) as Record<ExecutionStatus, number>;
  counts.queued = executions.length;
  return {
    id: event.batch,
    seq: event.seq,
    user: event.user,
    plan,
    status: 'running',
    startedAt: event.at,
    counts,
    executions,
    cancelRequested: false,
    prompts: {},
    notes: [],
    at: indexOf(executions),
  };
}

function apply(draft: Draft, event: LoggedEvent): void {
  draft.seq = event.seq;
  switch (event.type) {
    case 'batchStarted':
      return;
    case 'executionStarted':
      return change(draft, event.execution, { status: 'connecting', startedAt: event.at });
    case 'phaseChanged':
      return enterPhase(draft, event.execution, { phase: event.phase, at: event.at });
    case 'connected':
      return change(draft, event.execution, { connection: event.connection });
    case 'processStarted':
      return change(draft, event.execution, { pid: event.pid });
    case 'outputProgress':
      return change(draft, event.execution, countersOf(event));
    case 'stepFinished':
      return change(draft, event.execution, {
        ...countersOf(event),
        exitCode: event.exitCode,
        signal: event.signal,
        extents: event.extents,
      });
    case 'executionFinished':
      return change(draft, event.execution, {
        status: event.outcome.status,
        outcome: event.outcome,
        endedAt: event.at,
      });
    case 'note':
      return addNote(draft, event);
    case 'promptRaised':
      draft.prompts[event.prompt] = event.question;
      return;
    case 'promptAnswered':
      delete draft.prompts[event.prompt];
      return;
    case 'cancelRequested':
      draft.cancelRequested ||= event.which === 'all';
      return;
    case 'batchFinished':
      if (draft.status !== 'running') return;
      draft.status = event.end;
      draft.endedAt = event.at;
      return;
    case 'stopReport':
      draft.stopReport = { stopped: event.stopped, running: event.running };
      return;
  }
}

function countersOf(event: {
  stdoutBytes: number;
  stderrBytes: number;
  lastLine: string;
}): Partial<ExecutionState> {
  return { stdoutBytes: event.stdoutBytes, stderrBytes: event.stderrBytes, lastLine: event.lastLine };
}

function change(draft: Draft, id: string, change: Partial<ExecutionState>): void {
  const at = draft.at(id);
  const before = draft.executions[at];
  if (!before || !isLive(before.status)) return;
  const after = { ...before, ...change };
  draft.executions[at] = after;
  if (after.status === before.status) return;
  draft.counts[before.status]--;
  draft.counts[after.status]++;
}

function enterPhase(draft: Draft, id: string, step: { phase: Phase; at: number }): void {
  const before = draft.executions[draft.at(id)];
  if (before) change(draft, id, { status: statusIn(step.phase), phases: [...before.phases, step] });
}

function addNote(
  draft: Draft,
  { execution, message }: { execution?: string | undefined; message: string },
): void {
  if (execution === undefined) draft.notes = [...draft.notes, message];
  const before = execution === undefined ? undefined : draft.executions[draft.at(execution)];
  if (before) change(draft, before.id, { notes: [...before.notes, message] });
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
