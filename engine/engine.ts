import { createHash, randomInt } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { monotonicFactory } from 'ulid';
import type { Config } from '../core/config/config.ts';
import { indexInventory, type InventoryIndex } from '../core/inventory/model.ts';
import type { Transport } from '../core/plugin/transport.ts';
import { askedOf } from '../core/policy/asked.ts';
import type { BatchEvents, EngineClient } from '../core/protocol/client.ts';
import type { ClientContext } from '../core/protocol/context.ts';
import type { PlanPreview, StartRequest, StartResult } from '../core/protocol/start.ts';
import type { OutputSink } from '../core/run/execution.ts';
import type { Plan, PlanRequest } from '../core/run/plan.ts';
import { planBatch, type Planned } from '../core/run/planBatch.ts';
import type { Clock } from '../core/util/clock.ts';
import { type Disposable, Emitter } from '../core/util/emitter.ts';
import { type ErrorCode, messageOf, type Result } from '../core/util/errors.ts';
import { type RunningBatch, startBatch } from './batch.ts';
import { batchMethods } from './batchMethods.ts';
import { systemClock } from './clock.ts';
import { historyLayout, type HistoryLayout } from './history/layout.ts';
import { createLimits, type Limits } from './limits/limits.ts';
import type { Machine } from './limits/machine.ts';
import { createArchive } from './history/archive.ts';
import { makeFolder } from './history/makeFolder.ts';
import { recoverBatches } from './history/recover.ts';
import { inventoryMethods } from './inventory/inventoryMethods.ts';
import { createGuard, type Guard, type GuardRequest } from './policy/guard.ts';
import { createLookUp, type LookUp } from './policy/lookUp.ts';
import { mayAct, policyMethods } from './policy/policyMethods.ts';
import type { PolicyPlaces } from './policy/readPolicies.ts';
import { policyPaths, type PolicyPaths } from './policy/policyPaths.ts';
import { readerIn } from './sources/selectionFiles.ts';
import { createSources, type Sources } from './sources/sources.ts';
import { type HeldTarget, heldTargets } from './trust/heldTargets.ts';
import { stopAgain } from './stopAgain.ts';
import { stdinFor } from './stdin.ts';
import { createTransports, type TransportFactory } from './transports/index.ts';
import type { IdleTimes } from './transports/ssh/pool.ts';

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
  lookUp?: LookUp;
  /** Instead of what this machine allows. */
  machine?: Machine;
  /** Instead of the ssh and local transports. */
  transports?: (context: ClientContext) => ReadonlyMap<string, Transport>;
  /** Gets the output of commands that are followed, as it comes. */
  onOutput?: OutputSink['write'];
};

export type Engine = {
  /** One client with its own trust, agent and name. Disposing it ends its batches if it asked for that. */
  connect(context: ClientContext): EngineClient & Disposable;
  /** How many batches run now. */
  running(): number;
  /** Cancels what runs and settles when all of it has ended. */
  close(): Promise<void>;
};

type World = Sources & {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly transports: TransportFactory;
  readonly places: PolicyPlaces;
  readonly guard: Guard;
  readonly archive: ReturnType<typeof createArchive>;
  readonly batches: Map<string, RunningBatch>;
  readonly events: Emitter<BatchEvents>;
  readonly newId: () => string;
  readonly onOutput: OutputSink['write'] | undefined;
  readonly limits: Limits;
};

/** The engine: everything that plans, runs and remembers. Refused when its history can not be written. */
export async function createEngine(options: EngineOptions): Promise<Result<Engine>> {
  const layout = historyLayout(options.dataDir);
  const clock = options.clock ?? systemClock;
  try {
    await makeFolder(layout.batches);
    await makeFolder(layout.running);
    await access(layout.batches, constants.W_OK);
    await recoverBatches(layout, clock);
  } catch (error) {
    return refuse('HISTORY_UNWRITABLE', unwritable(options.dataDir, error));
  }
  const ulid = monotonicFactory();
  const now = (): number => clock.now();
  const paths = options.policies ?? policyPaths(process.env, options.home);
  const places: PolicyPlaces = { dataDir: options.dataDir, paths };
  const batches = new Map<string, RunningBatch>();
  const events = new Emitter<BatchEvents>();
  const world: World = {
    layout,
    clock,
    transports: createTransports({
      home: options.home,
      clock,
      idle: options.keepConnections,
      askpassProgram: options.askpassProgram,
      instead: options.transports,
    }),
    ...createSources({ ...options, clock }),
    places,
    guard: createGuard({ ...places, lookUp: options.lookUp ?? createLookUp({ now }), now }),
    archive: createArchive(layout),
    batches,
    events,
    limits: createLimits({ ...options, clock, batches, feed: events.event }),
    newId: () => ulid(now()),
    onOutput: options.onOutput,
  };
  return {
    ok: true,
    value: {
      connect: (context) => connect(world, context),
      running: () => world.batches.size,
      async close() {
        const batches = [...world.batches.values()];
        for (const batch of batches) batch.cancel({ batch: batch.id, which: 'all' });
        await Promise.all(batches.map((batch) => batch.done));
        world.transports.close();
        world.aside?.dispose();
      },
    },
  };
}

function connect(world: World, context: ClientContext): EngineClient & Disposable {
  return {
    onEvents: world.events.event,
    ...inventoryMethods({
      loader: world.loader,
      trust: world.trust,
      mayAct: mayAct(world.guard, context),
      prober: { transports: world.transports.for(context).transports, clock: world.clock },
      context,
      now: () => world.clock.now(),
      seed: newSeed,
    }),
    ...policyMethods({ ...world.places, ...world, context, now: () => world.clock.now() }),
    plan: async (request) => world.limits.refused('plan', context.user, await plan(world, context, request)),
    start: async (request) =>
      world.limits.refused('start', context.user, await start(world, context, request)),
    async stopAgain(request) {
      if (!context.trusted) return refuse('UNTRUSTED', 'Nothing connects until you trust this folder.');
      const { transports } = world.transports.for(context);
      const announce = (batch: string, events: BatchEvents['events']): void =>
        world.events.fire({ batch, events });
      return stopAgain(request, { ...world, transports, announce });
    },
    ...batchMethods({ archive: world.archive, running: world.batches, now: () => world.clock.now() }),
    dispose() {
      if (context.onClose !== 'cancel') return;
      for (const batch of world.batches.values()) {
        if (batch.context === context) batch.cancel({ batch: batch.id, which: 'all' });
      }
    },
  };
}

type Resolved = Planned & {
  readonly held: readonly HeldTarget[];
  readonly index: InventoryIndex;
  readonly config: Config;
};

async function resolvePlan(
  world: World,
  context: ClientContext,
  request: PlanRequest,
): Promise<Result<Resolved>> {
  const { inventory } = await world.loader.load(request.sources, context);
  const index = indexInventory(inventory);
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const files = context.folder === undefined ? {} : { files: readerIn(context.folder) };
  const config = world.limits.config({ folder: context.folder, sources: request.sources });
  if (!config.ok) return config;
  const planned = planBatch(request, { index, hash, seed: newSeed(), config: config.value, ...files });
  if (!planned.ok) return planned;
  return {
    ok: true,
    value: {
      ...planned.value,
      held: heldTargets(planned.value.plan.targets, index),
      index,
      config: config.value,
    },
  };
}

function newSeed(): number {
  return randomInt(2 ** 32);
}

async function plan(
  world: World,
  context: ClientContext,
  request: PlanRequest,
): Promise<Result<PlanPreview>> {
  const resolved = await resolvePlan(world, context, request);
  if (!resolved.ok) return resolved;
  const { plan: current, notes } = resolved.value;
  const { decision, ...usual } = await world.guard.decide(guardRequest(context, resolved.value));
  const denials = decision.reasons.filter(({ verdict }) => verdict === 'deny');
  const denied = denials.length > 0 ? { denied: denials.map(({ message }) => message).join('\n') } : {};
  const asks = decision.reasons.filter(({ verdict }) => verdict !== 'deny').map(({ message }) => message);
  const warnings = [...usual.warnings, ...asks];
  return { ok: true, value: { plan: current, notes: [...notes], warnings, decision, ...denied } };
}

function guardRequest(context: ClientContext, { plan: current, held, index }: Resolved): GuardRequest {
  return { asked: askedOf(current), context, held, index, sources: current.request.sources };
}

/** The only way to a running batch: the plan is resolved and authorised again, whoever brings it. */
async function start(
  world: World,
  context: ClientContext,
  { plan: wanted, stdin, debugSsh = false, ...approval }: StartRequest,
): Promise<Result<StartResult>> {
  const resolved = await resolvePlan(world, context, wanted.request);
  if (!resolved.ok) return resolved;
  const { plan: current, config } = resolved.value;
  if (current.hash !== wanted.hash) {
    return refuse(
      'PLAN_STALE',
      'The inventory has changed since this plan was made. Look at the plan again, then run.',
    );
  }
  const permitted = await world.guard.permit(guardRequest(context, resolved.value), approval);
  if (!permitted.ok) return permitted;
  const unanswered = unansweredBarrier(current, context);
  if (unanswered) return unanswered;
  const room = world.limits.reserve(current.executions.length, config);
  if (!room.ok) return room;
  try {
    const given = stdinFor(current.action, stdin);
    if (!given.ok) return given;
    const batch = await begin(world, context, { plan: current, stdin: given.value, debugSsh });
    return { ok: true, value: { batch: batch.id, executions: current.executions.map((each) => each.id) } };
  } catch (error) {
    return refuse('HISTORY_UNWRITABLE', unwritable(world.layout.batches, error));
  } finally {
    room.value.dispose();
  }
}

/** A batch that waits for a person whom nobody can reach would wait for ever. */
function unansweredBarrier({ strategy }: Plan, { canPrompt }: ClientContext): Result<never> | undefined {
  if (strategy.barrier?.type !== 'ask' || canPrompt) return undefined;
  return refuse('USAGE', 'This run asks a person between its waves, and nobody is there to answer.');
}

type Begin = { plan: Plan; stdin: Uint8Array | undefined; debugSsh: boolean };

async function begin(world: World, context: ClientContext, given: Begin): Promise<RunningBatch> {
  const id = world.newId();
  const set = world.transports.for(context);
  const batch = await startBatch({
    id,
    ...given,
    context,
    onOutput: world.onOutput,
    layout: world.layout,
    clock: world.clock,
    transports: set.transports,
    trust: set.trust,
    shared: world.limits.shared,
    announce: (events) => world.events.fire(events),
  });
  world.batches.set(id, batch);
  void batch.done.then(() => world.batches.delete(id));
  return batch;
}

function unwritable(folder: string, error: unknown): string {
  return `The history in ${folder} can not be written: ${messageOf(error)}. Make the folder writable, or name another data folder.`;
}

function refuse(code: ErrorCode, message: string): Result<never> {
  return { ok: false, error: { code, message } };
}
