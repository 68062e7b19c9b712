import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { CancelRequest } from '../../core/protocol/batch.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { Transport } from '../../core/plugin/transport.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { Outcome } from '../../core/run/outcome.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import { tempFolder } from '../engine/tempFolder.ts';
import type { Sshd } from '../engine/transports/sshd.ts';

/** Settings of a node, as `inventory.yaml` has them. */
export type NodeSettings = Readonly<Record<string, unknown>>;

/** An engine with a history and an inventory of its own. */
export type World = AsyncDisposable & {
  readonly folder: string;
  readonly dataDir: string;
  readonly inventory: string;
  readonly engine: Engine;
  readonly client: EngineClient;
  start(command: string, change?: Partial<PlanRequest>): Promise<Batch>;
  /** Starts a command on all nodes and waits for its end. */
  run(command: string, change?: Partial<PlanRequest>): Promise<BatchState>;
  /** What an execution printed, exactly. */
  output(batch: string, execution: string): Promise<Record<'stdout' | 'stderr', Buffer>>;
};

/** A batch under way. */
export type Batch = {
  readonly id: string;
  /** Everything announced so far. */
  readonly events: readonly LoggedEvent[];
  readonly ended: Promise<BatchState>;
  /** Settles with the first event that is wanted, seen already or not; rejects when the batch ends without it. */
  until(wanted: (event: LoggedEvent) => boolean): Promise<LoggedEvent>;
  cancel(request?: Omit<CancelRequest, 'batch'>): Promise<void>;
};

export type WorldDeps = {
  /** Instead of the ssh transport. */
  readonly transport?: Transport;
  readonly context?: Partial<ClientContext>;
};

export async function createWorld(
  nodes: Readonly<Record<string, NodeSettings>>,
  deps: WorldDeps = {},
): Promise<World> {
  const folder = await tempFolder();
  const inventory = join(folder.path, 'nodes.inventory.yaml');
  // JSON is YAML.
  await writeFile(inventory, JSON.stringify({ version: 1, nodes }));
  const dataDir = join(folder.path, 'data');
  const { transport } = deps;
  const created = await createEngine({
    dataDir,
    home: folder.path,
    ...(transport && { transports: () => new Map([[transport.name, transport]]) }),
  });
  assert.ok(created.ok, JSON.stringify(created));
  const engine = created.value;
  const client = engine.connect({ ...person, ...deps.context });
  const batches = recordEvents(client);
  const start = async (command: string, change: Partial<PlanRequest> = {}): Promise<Batch> => {
    const preview = await client.plan({ ...request(command, inventory), ...change });
    assert.ok(preview.ok, JSON.stringify(preview));
    const started = await client.start({ plan: preview.value.plan });
    assert.ok(started.ok, JSON.stringify(started));
    return batches.follow(started.value.batch);
  };
  return {
    folder: folder.path,
    dataDir,
    inventory,
    engine,
    client,
    start,
    run: async (command, change) => (await start(command, change)).ended,
    output: (batch, execution) => readAll(client, batch, execution),
    async [Symbol.asyncDispose]() {
      await engine.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A client of an engine that starts on a history which others have left. */
export async function laterEngine(dataDir: string): Promise<EngineClient> {
  const created = await createEngine({ dataDir, home: dataDir });
  assert.ok(created.ok, JSON.stringify(created));
  return created.value.connect(person);
}

export const person: ClientContext = {
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
};

function request(command: string, inventory: string): PlanRequest {
  return {
    action: { type: 'command', command },
    selection: 'all',
    sources: [{ type: 'muster', path: inventory }],
  };
}

function recordEvents(client: EngineClient) {
  const byBatch = new Map<string, LoggedEvent[]>();
  const listeners = new Set<() => void>();
  const eventsOf = (batch: string): LoggedEvent[] => {
    const events = byBatch.get(batch) ?? [];
    byBatch.set(batch, events);
    return events;
  };
  client.onEvents((news) => {
    eventsOf(news.batch).push(...news.events);
    for (const listener of listeners) listener();
  });
  const first = (
    events: readonly LoggedEvent[],
    wanted: (event: LoggedEvent) => boolean,
  ): Promise<LoggedEvent> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find(wanted);
        if (!found && !events.some(isEnd)) return;
        listeners.delete(look);
        if (found) resolve(found);
        else reject(new Error(`the batch ended without it: ${JSON.stringify(events.slice(1))}`));
      };
      listeners.add(look);
      look();
    });
  const isEnd = ({ type }: LoggedEvent): boolean => type === 'batchFinished';
  return {
    follow(id: string): Batch {
      const events = eventsOf(id);
      return {
        id,
        events,
        until: (wanted) => first(events, wanted),
        ended: first(events, isEnd).then(async () => {
          const state = await client.snapshot(id);
          assert.ok(state.ok);
          return state.value;
        }),
        async cancel(request = { which: 'all' }) {
          await client.cancel({ batch: id, ...request });
        },
      };
    },
  };
}

async function readAll(
  client: EngineClient,
  batch: string,
  execution: string,
): Promise<Record<'stdout' | 'stderr', Buffer>> {
  const parts = { stdout: new Array<Buffer>(), stderr: new Array<Buffer>() };
  for (let from = 0; ;) {
    const page = await client.output({ batch, execution, from, limit: 1_000_000 });
    assert.ok(page.ok, JSON.stringify(page));
    for (const { stream, text, base64 } of page.value.chunks) {
      parts[stream].push(base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64'));
    }
    if (page.value.next >= page.value.total) break;
    from = page.value.next;
  }
  return { stdout: Buffer.concat(parts.stdout), stderr: Buffer.concat(parts.stderr) };
}

type Peer = { readonly port: number; readonly identityFile: string; readonly knownHosts: string };

/** A node that reaches a server of these tests. */
export function nodeOf({ port, identityFile, knownHosts }: Peer, rest: NodeSettings = {}): NodeSettings {
  return { host: '127.0.0.1', port, identityFile, knownHosts, auth: ['key'], ...rest };
}

/** The same server, known under any port: for nodes that are reached through a relay. */
export function onAnyPort<P extends Peer>(peer: P): P {
  const known = readFileSync(peer.knownHosts, 'utf8').replace(/^\[127\.0\.0\.1\]:\d+/, '[127.0.0.1]:*');
  const knownHosts = `${peer.knownHosts}.anyport`;
  writeFileSync(knownHosts, known);
  return { ...peer, knownHosts };
}

/** Lines for an sshd that `fleetOf` makes several nodes of. */
export function addresses(count: number): string[] {
  return Array.from({ length: count - 1 }, (_, at) => `ListenAddress 127.0.0.${at + 2}`);
}

/** Nodes n1, n2, … with an address each, all of them one sshd. */
export function fleetOf(sshd: Sshd, count: number, rest: NodeSettings = {}): Record<string, NodeSettings> {
  const known = readFileSync(sshd.knownHosts, 'utf8');
  const knownHosts = join(sshd.folder, 'known_hosts.all');
  writeFileSync(knownHosts, known.replace('127.0.0.1', '127.0.0.*'));
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return Object.fromEntries(
    numbers.map((at) => [`n${at}`, nodeOf({ ...sshd, knownHosts }, { host: `127.0.0.${at}`, ...rest })]),
  );
}

/** `unreachable auth`, `failed`, … of each execution, in plan order. */
export function outcomesOf(state: BatchState): string[] {
  return state.executions.map(({ outcome }) => nameOf(outcome));
}

export function nameOf(outcome: Outcome | undefined): string {
  if (!outcome) return 'none';
  return 'kind' in outcome ? `${outcome.status} ${outcome.kind}` : outcome.status;
}

/** What a person reads about an execution. */
export function messageOf(state: BatchState, at = 0): string {
  const outcome = state.executions[at]?.outcome;
  return outcome && 'message' in outcome ? outcome.message : '';
}
