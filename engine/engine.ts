import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import type { LogLevel } from '../core/log/record.ts';
import { createTally } from '../core/log/tally.ts';
import type { HistoryLimits } from '../core/history/surplus.ts';
import type { Transport } from '../core/plugin/transport.ts';
import type { EngineClient } from '../core/protocol/client.ts';
import type { BatchEvents } from '../core/run/events.ts';
import type { ClientContext } from '../core/protocol/context.ts';
import type { OutputQuery } from '../core/protocol/output.ts';
import type { OutputSink } from '../core/run/executionContext.ts';
import { createSecrets, type Secrets } from '../core/run/redact.ts';
import { createServiceGates } from '../core/run/schedule/serviceGates.ts';
import type { Clock } from '../core/util/clock.ts';
import { type Disposable, Emitter, type Event } from '../core/util/emitter.ts';
import { refuse, type Result } from '../core/util/errors.ts';
import type { RunningBatch } from './batch.ts';
import { batchMethods } from './batchMethods.ts';
import { steadyClock, systemClock } from './clock.ts';
import { createAnswerBook } from './gather/answers.ts';
import { answersMethod } from './gather/answersMethod.ts';
import { historyLayout, type HistoryLayout } from './history/layout.ts';
import { createLimits } from './limits/limits.ts';
import type { Machine } from './limits/machine.ts';
import { createArchive } from './history/archive.ts';
import type { OutputPart } from './history/readOutput.ts';
import { exportMethods } from './history/export/exportBatch.ts';
import { createEngineLog, type EngineLog } from './log/engineLog.ts';
import { logMethods } from './log/logMethods.ts';
import { watchBatches } from './log/watchBatches.ts';
import { journalMethods } from './history/journal/journalMethods.ts';
import { makeFolder } from './history/makeFolder.ts';
import { historyMethods } from './history/historyMethods.ts';
import { startRetention } from './history/retention.ts';
import { recoverBatches } from './history/recover.ts';
import { createHistory } from './history/history.ts';
import { outputMethods } from './find/outputMethods.ts';
import { createUnsaved } from './history/unsaved.ts';
import { unwritable } from './history/unwritable.ts';
import { inventoryMethods } from './inventory/inventoryMethods.ts';
import { readOutputBytes } from './outputPages.ts';
import { createElsewhere } from './others/elsewhere.ts';
import { newSeed, preview, start } from './plans.ts';
import { playbookMethods } from './playbook/playbookMethods.ts';
import { createGuard } from './policy/guard.ts';
import { createResolver, type ResolveHosts } from './policy/resolveHosts.ts';
import { mayAct, policyMethods } from './policy/policyMethods.ts';
import type { PolicyPlaces } from './policy/readPolicies.ts';
import { policyPaths, type PolicyPaths } from './policy/policyPaths.ts';
import { rerun } from './rerun.ts';
import { createSources } from './sources/sources.ts';
import { stopAgain } from './stopAgain.ts';
import { createTransports } from './transports/index.ts';
import type { IdleTimes } from './transports/ssh/pool.ts';
import type { World } from './world.ts';

export type EngineOptions = {
  /** Folder of the history; made when it is not there. */
  dataDir: string;
  /** The person's home folder. */
  home: string;
  clock?: Clock;
  /** Program that reads large sources in a process of its own; without it they are read in this one. */
  parserProgram?: string;
  /** Program by which the system's ssh asks for passphrases and passwords; without it, it asks nobody. */
  askpassProgram?: string;
  /** How long connections are kept that nobody uses; without it, a minute. */
  keepConnections?: IdleTimes;
  /** Instead of the places where the policy files of the machine and the person usually are. */
  policies?: PolicyPaths;
  /** Instead of the system's resolver, for telling whether two nodes are one machine. */
  resolveHosts?: ResolveHosts;
  /** Instead of what this machine allows. */
  machine?: Machine;
  /** Instead of the ssh and local transports. */
  transports?: (context: ClientContext) => ReadonlyMap<string, Transport>;
  /** Nothing is to be started: a history that can only be read is enough. */
  toRead?: boolean;
  /** What this process is, for people whose batches it runs: `muster run`. */
  program?: string;
  /** Tell clients of the batches of other processes as they come; otherwise only of those that they have opened. */
  followOthers?: boolean;
  /** Gets the output of commands that are followed, as it comes. */
  onOutput?: OutputSink['write'];
  /** Instead of `engine.log` in the data folder, and of what is written from `info` on. */
  log?: { readonly file?: string; readonly level?: LogLevel };
};

export type Engine = {
  /** One client with its own trust, agent and name. Disposing it ends its batches if it asked for that. */
  connect(context: ClientContext): EngineClient & Disposable;
  /** A page of output as its bytes: within one process it need not become text. */
  output(query: OutputQuery): Promise<Result<OutputPart>>;
  /** Finds what other processes added to the history, so that whoever asks for it first need not wait. */
  catchUp(): Promise<void>;
  /** How many batches run now. */
  running(): number;
  /** Cancels what runs and settles when all of it has ended. */
  close(): Promise<void>;
};

/** The engine: everything that plans, runs and remembers. Refused when its history can not be written. */
export async function createEngine(options: EngineOptions): Promise<Result<Engine>> {
  const layout = historyLayout(options.dataDir);
  const clock = options.clock ?? systemClock;
  const secrets = createSecrets();
  const log = openLog(options, clock, secrets);
  const opened = await openHistory(options, { layout, log });
  if (!opened.ok) return opened;
  const ulid = monotonicFactory();
  const now = (): number => clock.now();
  const paths = options.policies ?? policyPaths(process.env, options.home);
  const places: PolicyPlaces = { dataDir: options.dataDir, paths };
  const batches = new Map<string, RunningBatch>();
  const events = new Emitter<BatchEvents>();
  watchBatches(events.event, log);
  const tally = createTally(now());
  events.event(tally.add);
  const unsaved = createUnsaved(clock);
  const world: World = {
    home: options.home,
    layout,
    clock,
    batchClock: () => options.clock ?? steadyClock(),
    transports: createTransports({
      home: options.home,
      clock,
      idle: options.keepConnections,
      askpassProgram: options.askpassProgram,
      instead: options.transports,
    }),
    ...createSources({ ...options, clock }),
    places,
    guard: createGuard({ ...places, resolveHosts: options.resolveHosts ?? createResolver({ now }), now }),
    unsaved,
    archive: createArchive({ layout, unsaved, onRecovered: noteRecovered(log) }),
    history: createHistory({ layout, clock, batches, events: events.event, log, unsaved }),
    answerBook: createAnswerBook(),
    batches,
    events,
    elsewhere: createElsewhere({ ...options, layout, clock, batches }),
    log,
    tally,
    secrets,
    limits: createLimits({ ...options, clock, batches, log }),
    services: createServiceGates(options.clock ?? steadyClock()),
    newId: () => ulid(now()),
    onOutput: options.onOutput,
  };
  return { ok: true, value: engineOf(world) };
}

/** Milliseconds for which the end of an engine that ran something may wait for old batches to be deleted. */
const tidyMs = 2000;

function engineOf(world: World): Engine {
  const retention = startRetention({ ...world, limits: () => keptHistory(world) });
  let hasRun = false;
  world.events.event(() => void (hasRun = true));
  return {
    connect: (context) => connect(world, context),
    output: (query) => readOutputBytes(query, { archive: world.archive, running: world.batches }),
    catchUp: world.history.catchUp,
    running: () => world.batches.size,
    async close() {
      const batches = [...world.batches.values()];
      for (const batch of batches) batch.cancel({ batch: batch.id, which: 'all' });
      await Promise.all(batches.map((batch) => batch.done));
      world.elsewhere.dispose();
      retention.dispose();
      if (hasRun) await retention.ifDue(tidyMs);
      await world.history.close();
      world.unsaved.dispose();
      world.transports.close();
      world.aside?.dispose();
    },
  };
}

/** What the user wants to be kept; no workspace has a say in it. */
function keptHistory({ limits }: World): Result<HistoryLimits> {
  const config = limits.config({ sources: [] });
  return config.ok ? { ok: true, value: config.value.history } : config;
}

type Opening = { layout: HistoryLayout; log: EngineLog };

/** Makes the folders where they are not there, and ends the batches of processes that are gone. */
async function openHistory(
  { dataDir, toRead = false }: EngineOptions,
  { layout, log }: Opening,
): Promise<Result<null>> {
  try {
    await makeFolder(layout.batches);
    await makeFolder(layout.running);
    await access(layout.batches, constants.W_OK);
    for (const batch of await recoverBatches(layout)) noteRecovered(log)(batch);
  } catch (error) {
    const isEnough = toRead && (await canRead(layout));
    if (!isEnough) return refuse('HISTORY_UNWRITABLE', unwritable(dataDir, error));
  }
  return { ok: true, value: null };
}

function noteRecovered(log: EngineLog): (batch: string) => void {
  const message = 'its process is gone: ended as interrupted, with every result that it had';
  return (batch) => log.note({ level: 'warn', event: 'recovered', batch, message });
}

/** One log for all processes that share the data folder, unless another file is wanted. */
function openLog({ dataDir, log }: EngineOptions, clock: Clock, { redact }: Secrets): EngineLog {
  const { file = join(dataDir, 'engine.log'), level = 'info' } = log ?? {};
  return createEngineLog({ file, level, clock, redact });
}

function canRead({ batches }: HistoryLayout): Promise<boolean> {
  return access(batches, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function connect(world: World, context: ClientContext): EngineClient & Disposable {
  const batches = batchMethods({
    archive: world.archive,
    others: world.elsewhere.others,
    running: world.batches,
    now: () => world.clock.now(),
  });
  return {
    onEvents: both(world.events.event, world.elsewhere.others.onEvents),
    ...inventoryMethods({
      loader: world.loader,
      trust: world.trust,
      mayAct: mayAct(world.guard, context),
      prober: { transports: world.transports.for(context).transports, clock: world.clock, home: world.home },
      context,
      now: () => world.clock.now(),
      seed: newSeed,
    }),
    ...policyMethods({ ...world.places, ...world, context, now: () => world.clock.now() }),
    ...playbookMethods,
    plan: async (request) =>
      world.limits.refused('plan', context.user, await preview(world, context, request)),
    rerun: (query) => rerun(world, context, query),
    start: async (request) =>
      world.limits.refused('start', context.user, await start(world, context, request)),
    async stopAgain(request) {
      if (!context.trusted) return refuse('UNTRUSTED', 'Nothing connects until you trust this folder.');
      const { transports } = world.transports.for(context);
      const announce = (batch: string, events: BatchEvents['events']): void =>
        world.events.fire({ batch, events });
      return stopAgain(request, { ...world, transports, announce });
    },
    ...batches,
    ...historyMethods({ ...world, onRecovered: noteRecovered(world.log) }),
    ...logMethods(world),
    answers: answersMethod({ ...world, ...batches }, context),
    ...outputMethods(world, batches),
    ...exportMethods(world),
    ...journalMethods({ ...world, dataDir: world.places.dataDir, context, now: () => world.clock.now() }),
    dispose() {
      if (context.onClose !== 'cancel') return;
      for (const batch of world.batches.values()) {
        if (batch.context === context) batch.cancel({ batch: batch.id, which: 'all' });
      }
    },
  };
}

/** Both events as one. */
function both<T>(one: Event<T>, other: Event<T>): Event<T> {
  return (listener) => {
    const listening = [one(listener), other(listener)];
    return { dispose: () => listening.forEach((each) => each.dispose()) };
  };
}
