import { createHash, randomInt } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { monotonicFactory } from 'ulid';
import { indexInventory, type InventoryIndex } from '../core/inventory/model.ts';
import type { Transport } from '../core/plugin/transport.ts';
import { askedOf } from '../core/policy/asked.ts';
import type { BatchEvents, EngineClient } from '../core/protocol/client.ts';
import type { ClientContext, PlanPreview, StartRequest, StartResult } from '../core/protocol/engine.ts';
import type { Plan, PlanRequest } from '../core/run/plan.ts';
import { planBatch, type Planned } from '../core/run/planBatch.ts';
import type { Clock } from '../core/util/clock.ts';
import { type Disposable, Emitter } from '../core/util/emitter.ts';
import { type ErrorCode, messageOf, type Result } from '../core/util/errors.ts';
import { type RunningBatch, startBatch } from './batch.ts';
import { batchMethods } from './batchMethods.ts';
import { systemClock } from './clock.ts';
import { historyLayout, type HistoryLayout } from './history/layout.ts';
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
  /** How long connections are kept that nobody uses; without it, a minute. */
  keepConnections?: IdleTimes;
  /** Instead of the places where the policy files of the machine and the person usually are. */
  policies?: PolicyPaths;
  /** Instead of the system's resolver, for telling whether two nodes are one machine. */
  lookUp?: LookUp;
  /** Instead of the ssh and local transports. */
  transports?: (context: ClientContext) => ReadonlyMap<string, Transport>;
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
  const world: World = {
    layout,
    clock,
    transports: createTransports({
      home: options.home,
      clock,
      idle: options.keepConnections,
      instead: options.transports,
    }),
    ...createSources({ ...options, clock }),
    places,
    guard: createGuard({ ...places, lookUp: options.lookUp ?? createLookUp({ now }), now }),
    archive: createArchive(layout),
    batches: new Map(),
    events: new Emitter(),
    newId: () => ulid(now()),
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
    plan: (request) => plan(world, context, request),
    start: (request) => start(world, context, request),
    ...batchMethods({ archive: world.archive, running: world.batches }),
    dispose() {
      if (context.onClose !== 'cancel') return;
      for (const batch of world.batches.values()) {
        if (batch.context === context) batch.cancel({ batch: batch.id, which: 'all' });
      }
    },
  };
}

type Resolved = Planned & { readonly held: readonly HeldTarget[]; readonly index: InventoryIndex };

async function resolvePlan(
  world: World,
  context: ClientContext,
  request: PlanRequest,
): Promise<Result<Resolved>> {
  const { inventory } = await world.loader.load(request.sources, context);
  const index = indexInventory(inventory);
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const files = context.folder === undefined ? {} : { files: readerIn(context.folder) };
  const planned = planBatch(request, { index, hash, seed: newSeed(), ...files });
  if (!planned.ok) return planned;
  return {
    ok: true,
    value: { ...planned.value, held: heldTargets(planned.value.plan.targets, index), index },
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
  const { plan: current, warnings: notes } = resolved.value;
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
  { plan: wanted, stdin, ...approval }: StartRequest,
): Promise<Result<StartResult>> {
  const resolved = await resolvePlan(world, context, wanted.request);
  if (!resolved.ok) return resolved;
  const { plan: current } = resolved.value;
  if (current.hash !== wanted.hash) {
    return refuse(
      'PLAN_STALE',
      'The inventory has changed since this plan was made. Look at the plan again, then run.',
    );
  }
  const permitted = await world.guard.permit(guardRequest(context, resolved.value), approval);
  if (!permitted.ok) return permitted;
  try {
    const given = stdinFor(current.action, stdin);
    if (!given.ok) return given;
    const batch = await begin(world, context, { plan: current, stdin: given.value });
    return { ok: true, value: { batch: batch.id, executions: current.executions.map((each) => each.id) } };
  } catch (error) {
    return refuse('HISTORY_UNWRITABLE', unwritable(world.layout.batches, error));
  }
}

type Begin = { plan: Plan; stdin: Uint8Array | undefined };

async function begin(world: World, context: ClientContext, given: Begin): Promise<RunningBatch> {
  const id = world.newId();
  const set = world.transports.for(context);
  const batch = await startBatch({
    id,
    ...given,
    context,
    layout: world.layout,
    clock: world.clock,
    transports: set.transports,
    trust: set.trust,
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
