import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { ClientContext } from '../../../core/protocol/context.ts';
import type { PlaybookAction } from '../../../core/run/action.ts';
import type { PlanRequest } from '../../../core/run/plan.ts';
import type { BatchState } from '../../../core/run/state.ts';
import { createEngine } from '../../../engine/engine.ts';
import { context } from '../context.ts';
import { tempFolder } from '../tempFolder.ts';

export type Playing = {
  readonly folder: string;
  readonly client: EngineClient;
  /** Writes the playbook and runs it on a, b and c. */
  play(text: string, change?: Change): Promise<Played>;
  request(change?: Change): PlanRequest;
  write(name: string, text: string): Promise<void>;
};
export type Change = Partial<PlaybookAction> & {
  readonly selection?: string;
  readonly secrets?: Readonly<Record<string, string>>;
};
export type Played = {
  readonly state: BatchState;
  /** What each node said, by its name. */
  readonly said: Readonly<Record<string, string>>;
  /** How each step of a node went: `ok look`, `failed x: exit 3`. */
  steps(node: string): readonly string[];
};

const file = 'test.playbook.yaml';

/** An engine with three local nodes, for playbooks. */
export async function withPlaybooks(
  test: (playing: Playing) => Promise<void>,
  changes: Partial<ClientContext> = {},
): Promise<void> {
  await using folder = await tempFolder();
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder.path, name)), { recursive: true });
    await writeFile(join(folder.path, name), text);
  };
  for (const node of ['a', 'b', 'c']) await mkdir(join(folder.path, node));
  await write('inventory.yaml', inventory);
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  const client = created.value.connect({ ...context, folder: folder.path, ...changes });
  const request = ({ selection = 'a,b,c', secrets: _secrets, ...action }: Change = {}): PlanRequest => ({
    action: { type: 'playbook', file: join(folder.path, file), params: {}, withheld: [], ...action },
    selection,
    sources: [{ type: 'muster', path: join(folder.path, 'inventory.yaml') }],
  });
  try {
    await test({
      folder: folder.path,
      client,
      request,
      write,
      async play(text, change = {}) {
        await write(file, text);
        return run(client, request(change), change.secrets);
      },
    });
  } finally {
    await created.value.close();
  }
}

const inventory = `version: 1
nodes:
  a: { transport: local, cwd: a, tags: [first], vars: { n: 1 } }
  b: { transport: local, cwd: b, vars: { n: 2 } }
  c: { transport: local, cwd: c, vars: { n: 3 } }
`;

/** A batch from its request to its end, with what each execution said by its id. */
export async function runRequest(
  client: EngineClient,
  request: PlanRequest,
  secrets?: Change['secrets'],
): Promise<{ readonly state: BatchState; readonly output: Readonly<Record<string, string>> }> {
  const preview = await client.plan(request);
  assert.ok(preview.ok, JSON.stringify(preview));
  const ends: Promise<void> = new Promise((resolve) => {
    const listening = client.onEvents(({ events }) => {
      if (!events.some(({ type }) => type === 'batchFinished')) return;
      listening.dispose();
      resolve();
    });
  });
  const started = await client.start({ plan: preview.value.plan, ...(secrets && { secrets }) });
  assert.ok(started.ok, JSON.stringify(started));
  await ends;
  const found = await client.snapshot(started.value.batch);
  assert.ok(found.ok);
  const state = found.value;
  const output: Record<string, string> = {};
  for (const { id } of state.executions) {
    const page = await client.output({ batch: state.id, execution: id, from: 0, limit: 100_000 });
    assert.ok(page.ok);
    output[id] = page.value.chunks.map(({ text }) => text).join('');
  }
  return { state, output };
}

/** Plans a request and runs it to its end. */
export async function run(
  client: EngineClient,
  request: PlanRequest,
  secrets?: Change['secrets'],
): Promise<Played> {
  const { state, output } = await runRequest(client, request, secrets);
  const said = Object.fromEntries(state.executions.map(({ id, node }) => [node, output[id] ?? '']));
  const steps = (node: string): string[] =>
    (state.executions.find((each) => each.node === node)?.steps ?? []).map(
      ({ status, changed, title, message }) =>
        `${status === 'ok' && changed ? 'changed' : status} ${title}${message === '' ? '' : `: ${message}`}`,
    );
  return { state, said, steps };
}

/** Settles when a file is there with something in it. */
export function whenThere(path: string): Promise<void> {
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      if ((await readFile(path, 'utf8').catch(() => '')) === '') return;
      watcher.close();
      resolve();
    };
    const watcher = watch(dirname(path), () => void look());
    void look();
  });
}
