import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import { createEngine } from '../../engine/engine.ts';
import { context } from './context.ts';
import { tempFolder } from './tempFolder.ts';

type World = {
  readonly folder: string;
  readonly client: EngineClient;
  write(nodes: readonly string[]): Promise<void>;
  start(request: PlanRequest): Promise<string>;
  ended(batch: string): Promise<BatchState>;
  request(change?: Partial<PlanRequest>): PlanRequest;
};

/** An engine on local nodes; those whose folder has a file `bad` fail. */
async function withWorld(test: (world: World) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const inventory = join(folder.path, 'inventory.yaml');
  const write = async (nodes: readonly string[]): Promise<void> => {
    for (const node of nodes) await mkdir(join(folder.path, node), { recursive: true });
    const lines = nodes.map((node) => `  ${node}: { transport: local, cwd: ./${node} }`);
    await writeFile(inventory, ['version: 1', 'nodes:', ...lines, ''].join('\n'));
  };
  await write(['a', 'b', 'c', 'd']);
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  const client = created.value.connect(context);
  const ends = new Map<string, () => void>();
  client.onEvents(({ batch, events }) => {
    if (events.some(({ type }) => type === 'batchFinished')) ends.get(batch)?.();
  });
  try {
    await test({
      folder: folder.path,
      client,
      write,
      async start(request) {
        const preview = await client.plan(request);
        assert.ok(preview.ok, JSON.stringify(preview));
        const started = await client.start({ plan: preview.value.plan });
        assert.ok(started.ok, JSON.stringify(started));
        return started.value.batch;
      },
      async ended(batch) {
        const end = new Promise<void>((resolve) => ends.set(batch, resolve));
        const before = await client.snapshot(batch);
        if (before.ok && before.value.status === 'running') await end;
        const after = await client.snapshot(batch);
        assert.ok(after.ok);
        return after.value;
      },
      request: (change = {}) => ({
        action: { type: 'command', command: 'echo "$WORD" >>ran; test ! -e bad', env: { WORD: 'hi' } },
        selection: '*',
        pick: { order: 'reverse' },
        groups: ['nobody'],
        sources: [{ type: 'muster', path: inventory }],
        strategy: { concurrency: 2, maxFailures: 4 },
        limits: { timeoutMs: 60_000 },
        ...change,
      }),
    });
  } finally {
    await created.value.close();
  }
}

const nodesOf = ({ executions }: BatchState): readonly string[] => executions.map(({ node }) => node);

describe('running a batch again', () => {
  it('is the same on the nodes that failed, in the same order, linked to the first', () =>
    withWorld(async ({ folder, client, start, ended, request }) => {
      for (const node of ['a', 'c']) await writeFile(join(folder, node, 'bad'), '');
      const first = await ended(await start(request()));
      const again = await client.rerun({ batch: first.id, which: 'failed' });
      assert.ok(again.ok, JSON.stringify(again));
      const { action, strategy, limits, sources } = request();
      const origin = { batch: first.id, which: 'failed' } as const;
      assert.deepEqual(again.value, {
        request: { action, selection: 'c,a', sources, strategy, limits, origin },
        notes: [],
      });
      await rm(join(folder, 'a', 'bad'));
      const second = await ended(await start(again.value.request));
      assert.deepEqual([second.status, nodesOf(second)], ['partial', ['c', 'a']]);
      assert.deepEqual(second.plan.request.origin, origin);
      const [newest] = await client.batches();
      assert.deepEqual(newest?.origin, origin);
      const page = await client.status({ batch: second.id });
      assert.deepEqual(page.ok && page.value.origin, origin);
    }));

  it('runs what a cancel left, and nothing else', () =>
    withWorld(async ({ client, start, ended, request }) => {
      const action = { type: 'command', command: 'sleep 30' } as const;
      const batch = await start(request({ action, strategy: { concurrency: 1 } }));
      const running = new Promise<void>((resolve) =>
        client.onEvents(({ events }) => {
          if (events.some((event) => event.type === 'phaseChanged' && event.phase === 'run')) resolve();
        }),
      );
      const early = await client.rerun({ batch, which: 'not-started' });
      assert.match(early.ok ? '' : early.error.message, /still runs/);
      await running;
      await client.cancel({ batch, which: 'all' });
      assert.equal((await ended(batch)).status, 'cancelled');
      const again = await client.rerun({ batch, which: 'not-started' });
      assert.equal(again.ok && again.value.request.selection, 'c,b,a');
    }));

  it('takes an expression, and says which of its nodes were not there', () =>
    withWorld(async ({ client, start, ended, request }) => {
      const { id } = await ended(await start(request({ selection: 'a,b,c' })));
      const again = await client.rerun({ batch: id, which: 'nodes', nodes: 'b,d' });
      assert.ok(again.ok);
      assert.equal(again.value.request.selection, 'b');
      assert.match(again.value.notes[0] ?? '', /^1 node of b,d was not in batch \w{4} and is left out: d\.$/);
      const wrong = await client.rerun({ batch: id, which: 'ok', nodes: 'b,nosuch' });
      assert.equal(wrong.ok ? '' : wrong.error.code, 'SELECTION_UNKNOWN');
      const none = await client.rerun({ batch: id, which: 'failed' });
      assert.match(none.ok ? '' : none.error.message, /^There are no nodes that failed in batch/);
    }));

  it('leaves out nodes that are gone from the inventory, and says so in the plan', () =>
    withWorld(async ({ client, write, start, ended, request }) => {
      const { id } = await ended(await start(request()));
      await write(['a', 'b']);
      const again = await client.rerun({ batch: id, which: 'all' });
      assert.ok(again.ok);
      const preview = await client.plan(again.value.request);
      assert.ok(preview.ok, JSON.stringify(preview));
      assert.match(preview.value.notes.join('\n'), /^2 nodes of batch \w{4} are not in .* left out: d c\.$/m);
      await write(['e']);
      const none = await client.rerun({ batch: id, which: 'all' });
      assert.match(none.ok ? '' : none.error.message, /^None of the nodes in batch .* any more: d c b a\.$/);
    }));

  it('asks the rules like any other start', () =>
    withWorld(async ({ folder, client, start, ended, request }) => {
      const { id } = await ended(await start(request()));
      await mkdir(join(folder, '.muster'));
      await writeFile(join(folder, '.muster', 'policy.yaml'), 'rules: [{ decision: deny, nodes: "b" }]\n');
      const again = await client.rerun({ batch: id, which: 'ok' });
      assert.ok(again.ok);
      const preview = await client.plan(again.value.request);
      assert.ok(preview.ok, JSON.stringify(preview));
      const started = await client.start({ plan: preview.value.plan, confirmed: true });
      assert.equal(started.ok ? 'started' : started.error.code, 'DENIED');
    }));
});
