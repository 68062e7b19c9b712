import type { LoggedEvent, Prompt } from './events.ts';
import type { BatchEnd } from './outcome.ts';
import type { Plan } from './plan.ts';
import {
  type ExecutionState,
  type ExecutionStatus,
  changeOf,
  isLive,
  isOfExecution,
  liveStatuses,
} from './executionState.ts';
import { mayBeLeft } from './remote.ts';
import { startPlaces } from './startPlaces.ts';
import { outcomeStatuses } from './statuses.ts';
import { type Hold, reduceWave, type WaveState } from './waveState.ts';

export {
  type ExecutionState,
  type ExecutionStatus,
  isLive,
  liveStatuses,
  waitsForInput,
} from './executionState.ts';

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
  readonly paused: boolean;
  /** The limit that holds up the next start, in people's words. */
  readonly heldBy?: string;
  /** Since when it does, in milliseconds since the epoch. */
  readonly heldSince?: number;
  /** Milliseconds that limits held up starts, by limit, up to the last change of the one that binds. */
  readonly heldMs: Readonly<Record<string, number>>;
  /** How many executions run at once now; a person may have changed it. */
  readonly concurrency: number;
  /** Circuits that are not closed, by what they protect. */
  readonly breakers: Readonly<Record<string, 'open' | 'half-open'>>;
  readonly waves: readonly WaveState[];
  /** The wave after which the batch waits, and for what. */
  readonly hold?: Hold;
  readonly stopReport?: { readonly stopped: readonly string[]; readonly running: readonly string[] };
};

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
    attempts: 0,
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
    paused: false,
    concurrency: startPlaces(plan.strategy),
    heldMs: {},
    breakers: {},
    waves: [],
    at: indexOf(executions),
  };
}

function apply(draft: Draft, event: LoggedEvent): void {
  draft.seq = event.seq;
  if (isOfExecution(event)) {
    const before = draft.executions[draft.at(event.execution)];
    if (before) change(draft, before.id, changeOf(before, event));
    return;
  }
  switch (event.type) {
    case 'batchStarted':
      return;
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
    case 'waveStarted':
    case 'waveFinished':
    case 'probeFinished':
    case 'barrierWaiting':
    case 'barrierPassed':
      return enterWave(draft, event);
    case 'limitChanged':
      draft.concurrency = event.concurrency;
      return hold(draft, event.heldBy ?? undefined, event.at);
    case 'breakerChanged':
      draft.breakers = withBreaker(draft.breakers, event);
      return;
    case 'paused':
    case 'resumed':
      draft.paused = event.type === 'paused';
      return;
    case 'batchFinished':
      if (draft.status !== 'running') return;
      draft.status = event.end;
      draft.endedAt = event.at;
      draft.paused = false;
      return hold(draft, undefined, event.at);
    case 'stopReport':
      draft.stopReport = { stopped: event.stopped, running: event.running };
      return addStops(draft, event);
  }
}

function enterWave(draft: Draft, event: Parameters<typeof reduceWave>[1]): void {
  const { waves, notes, hold } = reduceWave(draft, event);
  draft.waves = waves;
  draft.notes = notes;
  setOrDelete(draft, 'hold', hold);
  if (event.type !== 'waveStarted') return;
  for (const execution of event.executions) change(draft, execution, { wave: event.wave });
}

/** From now on another limit holds up the next start, or none. */
function hold(draft: Draft, heldBy: string | undefined, at: number): void {
  const { heldBy: before, heldSince } = draft;
  if (before !== undefined && heldSince !== undefined) {
    draft.heldMs = { ...draft.heldMs, [before]: (draft.heldMs[before] ?? 0) + at - heldSince };
  }
  setOrDelete(draft, 'heldBy', heldBy);
  setOrDelete(draft, 'heldSince', heldBy === undefined ? undefined : at);
}

/** An optional field is either there with a value or not at all. */
function setOrDelete<K extends 'hold' | 'heldBy' | 'heldSince'>(
  draft: Draft,
  key: K,
  value: Draft[K] | undefined,
): void {
  if (value === undefined) delete draft[key];
  else draft[key] = value;
}

function withBreaker(
  breakers: BatchState['breakers'],
  { key, state }: Extract<LoggedEvent, { type: 'breakerChanged' }>,
): BatchState['breakers'] {
  const { [key]: _before, ...others } = breakers;
  return state === 'closed' ? others : { ...others, [key]: state };
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

/** Outcomes stay what they were; that a process is gone by now is added to them. */
function addStops(draft: Draft, { stopped, at }: Extract<LoggedEvent, { type: 'stopReport' }>): void {
  const gone = new Set(stopped);
  for (const [place, execution] of draft.executions.entries()) {
    if (!gone.has(execution.node) || !mayBeLeft(execution)) continue;
    draft.executions[place] = { ...execution, stoppedAt: at };
  }
}

function addNote(
  draft: Draft,
  { execution, message }: { execution?: string | undefined; message: string },
): void {
  if (execution === undefined) draft.notes = [...draft.notes, message];
  const before = execution === undefined ? undefined : draft.executions[draft.at(execution)];
  if (before) change(draft, before.id, { notes: [...before.notes, message] });
}
