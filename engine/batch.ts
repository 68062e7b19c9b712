import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFollowed } from '../core/run/actionText.ts';
import type { CancelRequest, PromptAnswer } from '../core/protocol/batch.ts';
import type { ClientContext } from '../core/protocol/context.ts';
import type { SecretQuestion, Transport } from '../core/plugin/transport.ts';
import type { SharedLimits } from '../core/run/admission.ts';
import type { Control } from '../core/run/controls.ts';
import type { BatchEvents, LoggedEvent, RunEvent, UnknownHostKey } from '../core/run/events.ts';
import { execute } from '../core/run/execute.ts';
import type { OutputSink } from '../core/run/executionContext.ts';
import type { Plan } from '../core/run/plan.ts';
import type { Secrets } from '../core/run/redact.ts';
import type { ServiceGates } from '../core/run/schedule/serviceGates.ts';
import { type BatchState, reduceAll } from '../core/run/state.ts';
import type { Clock } from '../core/util/clock.ts';
import { type Disposable, Emitter } from '../core/util/emitter.ts';
import { openDebugLogs } from './history/debugLogs.ts';
import { type EventLog, openEventLog } from './history/eventLog.ts';
import { type BatchFiles, batchFiles, type HistoryLayout } from './history/layout.ts';
import { claim, type Claimant, release } from './history/owner.ts';
import type { OutputLimits } from './history/outputCap.ts';
import { holdRoom } from './history/reserve.ts';
import { openSpool, type Spool } from './history/spool.ts';
import { allSteps } from '../core/playbook/plannedStep.ts';
import { loadedOf } from '../core/run/loadedPlaybook.ts';
import type { Unsaved } from './history/unsaved.ts';
import { outside } from './playbook/outside.ts';
import type { Trust } from './prompts/hostKeys.ts';
import { expectHostKeys } from './prompts/hostKeyScan.ts';
import { createPrompts, type Prompts } from './prompts/prompts.ts';
import { createStopSwitch, type StopSwitch } from './stopSwitch.ts';

export type RunningBatch = {
  readonly id: string;
  readonly folder: string;
  /** Who started it. */
  readonly context: ClientContext;
  readonly spool: Spool;
  /** Settles when the end is on disk. */
  readonly done: Promise<void>;
  state(): BatchState | undefined;
  cancel(request: CancelRequest): void;
  control(control: Control): void;
  answer(answer: PromptAnswer): Promise<boolean>;
};

export type BatchDeps = {
  id: string;
  plan: Plan;
  context: ClientContext;
  layout: HistoryLayout;
  claimant: Claimant;
  clock: Clock;
  transports: ReadonlyMap<string, Transport>;
  /** What the command reads on stdin. */
  stdin: Uint8Array | undefined;
  /** Limits of services, for all batches together. */
  services: ServiceGates;
  /** Secrets of a playbook, by name. */
  secretValues: ReadonlyMap<string, string>;
  /** Gets the output of a command that is followed, as it is kept. */
  onOutput: OutputSink['write'] | undefined;
  /** Write down what SSH connections say about themselves. */
  debugSsh: boolean;
  /** Keep the stacks of what crashes. */
  stacks: boolean;
  trust: Trust;
  /** Limits that all batches of the engine have in common. */
  shared: SharedLimits;
  outputLimits: OutputLimits;
  secrets: Secrets;
  announce: (events: BatchEvents) => void;
  /** Takes what the disk does not: output as it comes, and the batch when it has ended. */
  unsaved: Pick<Unsaved, 'add' | 'files'>;
};

/** Milliseconds over which events are gathered before they are announced. */
const announceMs = 100;

/** Makes the batch's folder and log, then sets the plan going. Rejects when the history can not be written. */
export async function startBatch(deps: BatchDeps): Promise<RunningBatch> {
  const { id, plan, context, layout, clock } = deps;
  const files = batchFiles(layout, id);
  await mkdir(files.folder, { mode: 0o700 });
  await claim(files.owner, deps.claimant).catch((error: unknown) => undo(files, error));
  const { feed, warnings, log, spool, debug } = await openWriters(deps, files);
  const stop = createStopSwitch();
  const controls = new Emitter<Control>();
  const prompts = createPrompts({ clock, trust: deps.trust });
  const scan = { ...deps, prompts, signal: stop.signals.all };
  const beforeStart = context.canPrompt ? await expectHostKeys(plan, scan) : undefined;
  // The plan is the first event: it is on disk before anything starts, and before anybody hears of the batch.
  const begun = Promise.resolve().then(() => log.saved());
  const running = execute(plan, {
    ...givenOf(deps),
    sink: isFollowed(plan.action) && deps.onOutput ? both(spool, deps.onOutput) : spool,
    stop: stop.signals,
    emit: leaving(plan, prompts, (event) => log.append(event)),
    saved: () => begun,
    control: controls.event,
    warnings: warnings.event,
    ...(debug && { debug: debug.open }),
    ...(context.canPrompt && askers(prompts)),
    ...(beforeStart && { beforeStart }),
  });
  if (debug) warnings.fire(`What SSH connections say about themselves goes to ${debug.folder}.`);
  const finish = async (): Promise<void> => {
    await running;
    prompts.close();
    await debug?.close();
    await spool.close();
    const save = saving({ log, spool, owner: files.owner });
    const isSaved = await save();
    feed.flush();
    const state = feed.state();
    if (!isSaved && state && (await begun)) deps.unsaved.add({ state, plan, save, forget: spool.forget });
  };
  const done = finish();
  await orUndo(begun, done, files);
  return {
    id,
    folder: files.folder,
    context,
    spool,
    done,
    state: feed.state,
    cancel: (request) => cancel(stop, request),
    control: (control) => controls.fire(control),
    answer: prompts.answer,
  };
}

/** Puts the rest of the log on disk and gives the batch up; what the disk does not take stays open for another try. */
function saving({ log, spool, owner }: Writers & { owner: string }): () => Promise<boolean> {
  let isLogSaved = false;
  return async () => {
    if (!isLogSaved) {
      if (!(await log.saved())) return false;
      isLogSaved = true;
      await log.close();
      await release(owner).catch(() => undefined);
    }
    return spool.save();
  };
}

type Writers = { readonly log: EventLog; readonly spool: Spool };

/** Output goes to both; a stream is held while either is busy. */
function both(spool: Spool, onOutput: OutputSink['write']): OutputSink {
  return {
    ...spool,
    write(execution, stream, chunk) {
      const kept = spool.write(execution, stream, chunk);
      const told = onOutput(execution, stream, chunk);
      return kept || told ? Promise.all([kept, told]).then(() => undefined) : undefined;
    },
  };
}

/** What a batch is given and passes on as it is. */
function givenOf({ id, context, transports, clock, stdin, shared, ...deps }: BatchDeps) {
  const { secrets, secretValues, services, stacks } = deps;
  const given = { batch: id, user: context.user, transports, clock, stdin, shared, secrets };
  return { ...given, random: Math.random, secretValues, services, outside, stacks };
}

/** What takes the events and the output of a batch, and says where either can not be saved. */
async function openWriters(deps: BatchDeps, files: BatchFiles) {
  const feed = createFeed(deps);
  const warnings = new Emitter<string>();
  const { executions, action } = deps.plan;
  const onError = onceOnly((message) =>
    warnings.fire(
      `What comes from here on can not be saved in ${files.folder}: ${message}. The batch goes on; make room, and all of it is saved at its end.`,
    ),
  );
  const loaded = loadedOf(action);
  const steps = loaded ? [...allSteps(loaded)].length : 0;
  const reserve = await holdRoom(files.reserve, { executions: executions.length, steps });
  const log = await openEventLog(files.events, { onWritten: feed.add, onError, reserve });
  const spool = openSpool({
    folder: files.folder,
    executions: executions.map((each) => each.id),
    clock: deps.clock,
    limits: deps.outputLimits,
    onError,
    unwritten: deps.unsaved.files,
  });
  const debug = deps.debugSsh ? openDebugLogs(join(files.folder, 'debug'), deps.clock) : undefined;
  return { feed, warnings, log, spool, debug };
}

/** A batch whose plan could not be written never began: nothing of it is left. */
async function orUndo(begun: Promise<boolean>, done: Promise<void>, files: BatchFiles): Promise<void> {
  if (await begun) return;
  await done;
  await undo(files, new NotSaved('the plan could not be written'));
}

/** The disk did not take what has to be there before anything starts. */
export class NotSaved extends Error {}

async function undo({ folder, owner }: BatchFiles, reason: unknown): Promise<never> {
  await release(owner).catch(() => undefined);
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  throw reason;
}

type Emit = (event: LoggedEvent) => void;

/** Whose execution has ended needs no answer any more. */
function leaving({ executions }: Plan, { secrets }: Prompts, emit: Emit): Emit {
  const nodes = new Map(executions.map(({ id, node }) => [id, node]));
  return (event) => {
    emit(event);
    if (event.type === 'executionFinished') secrets.leave(nodes.get(event.execution) ?? '');
  };
}

type Note = (event: RunEvent) => void;

function askers(prompts: Prompts) {
  return {
    trustHostKey: ({ node }: { node: string }, key: UnknownHostKey, note: Note) =>
      prompts.hostKeys.ask({ node, note }, key),
    askToGoOn: prompts.goOn.ask,
    askSecret: ({ node }: { node: string }, question: SecretQuestion, note: Note) =>
      prompts.secrets.ask({ node, note }, question),
  };
}

function cancel(stop: StopSwitch, { which, execution }: CancelRequest): void {
  if (which === 'execution') stop.stopOne(execution ?? '');
  else if (which === 'queued') stop.stopQueued();
  else stop.stopAll();
}

type Feed = {
  add: (events: readonly LoggedEvent[]) => void;
  state: () => BatchState | undefined;
  flush: () => void;
};

/** Folds written events into the state and announces them, gathered, to everyone who listens. */
function createFeed({ id, clock, announce }: BatchDeps): Feed {
  let state: BatchState | undefined;
  let fresh: LoggedEvent[] = [];
  let timer: Disposable | undefined;
  const fold = (): BatchState | undefined => {
    if (fresh.length === 0) return state;
    const events = fresh;
    fresh = [];
    state = reduceAll(state, events);
    announce({ batch: id, events });
    return state;
  };
  return {
    add(events) {
      for (const event of events) fresh.push(event);
      timer ??= clock.after(announceMs, () => {
        timer = undefined;
        fold();
      });
    },
    state: fold,
    flush() {
      timer?.dispose();
      fold();
    },
  };
}

function onceOnly(action: (message: string) => void): (message: string) => void {
  let told = false;
  return (message) => {
    if (told) return;
    told = true;
    action(message);
  };
}
