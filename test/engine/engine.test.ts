import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import { context } from './context.ts';
import { tempFolder } from './tempFolder.ts';

/** An engine on a folder of its own, with three local nodes. */
async function withEngine(
  test: (world: { engine: Engine; client: EngineClient; folder: string }) => Promise<void>,
) {
  await using folder = await tempFolder();
  const nodes = ['a', 'b', 'c'];
  for (const node of nodes) await mkdir(join(folder.path, node));
  const lines = nodes.map((node) => `  ${node}: { transport: local, cwd: ./${node} }`);
  await writeFile(join(folder.path, 'inventory.yaml'), ['version: 1', 'nodes:', ...lines, ''].join('\n'));
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  try {
    await test({ engine: created.value, client: created.value.connect(context), folder: folder.path });
  } finally {
    await created.value.close();
  }
}

const request = (folder: string, command: string, change: Partial<PlanRequest> = {}): PlanRequest => ({
  action: { type: 'command', command },
  selection: 'a,b,c',
  sources: [{ type: 'muster', path: join(folder, 'inventory.yaml') }],
  ...change,
});

async function start(client: EngineClient, wanted: PlanRequest): Promise<string> {
  const preview = await client.plan(wanted);
  assert.ok(preview.ok, JSON.stringify(preview));
  const started = await client.start({ plan: preview.value.plan });
  assert.ok(started.ok, JSON.stringify(started));
  return started.value.batch;
}

function ended(client: EngineClient, batch: string): Promise<BatchState> {
  return new Promise((resolve, reject) => {
    const listening = client.onEvents((news) => {
      if (news.batch !== batch || !news.events.some((event) => event.type === 'batchFinished')) return;
      listening.dispose();
      client.snapshot(batch).then((state) => (state.ok ? resolve(state.value) : reject(state.error)), reject);
    });
  });
}

async function run(client: EngineClient, wanted: PlanRequest): Promise<BatchState> {
  const batch = await start(client, wanted);
  return ended(client, batch);
}

describe('the engine', () => {
  it('runs a command on every node and keeps what came', () =>
    withEngine(async ({ client, folder }) => {
      const state = await run(
        client,
        request(folder, 'basename "$PWD"; echo oops >&2; test "${PWD##*/}" != b'),
      );
      assert.equal(state.status, 'partial');
      assert.deepEqual(
        state.executions.map((each) => [each.node, each.status, each.exitCode]),
        [
          ['a', 'ok', 0],
          ['b', 'failed', 1],
          ['c', 'ok', 0],
        ],
      );
      const output = await client.output({ batch: state.id, execution: 'e3', from: 0, limit: 1000 });
      assert.ok(output.ok);
      const text = (stream: string) =>
        output.value.chunks
          .filter((each) => each.stream === stream)
          .map((each) => each.text)
          .join('');
      assert.equal(text('stdout'), 'c\n');
      assert.equal(text('stderr'), 'oops\n');
    }));

  it('gives the same state from disk as from memory, also to an engine that starts later', () =>
    withEngine(async ({ engine, client, folder }) => {
      const state = await run(client, request(folder, 'true'));
      await engine.close();
      const later = await createEngine({ dataDir: join(folder, 'data'), home: folder });
      assert.ok(later.ok);
      const again = await later.value.connect(context).snapshot(state.id);
      assert.deepEqual(again, { ok: true, value: state });
      assert.equal((await later.value.connect(context).batches())[0]?.id, state.id);
    }));

  it('keeps its files for its user alone', () =>
    withEngine(async ({ client, folder }) => {
      const { id } = await run(client, request(folder, 'echo secret'));
      const batch = join(folder, 'data', 'batches', id);
      assert.equal((await stat(batch)).mode & 0o777, 0o700);
      for (const file of ['events.jsonl', 'output.spool']) {
        assert.equal((await stat(join(batch, file))).mode & 0o777, 0o600);
      }
    }));

  it('never starts anything for a client that is not trusted', () =>
    withEngine(async ({ engine, folder }) => {
      const client = engine.connect({ ...context, trusted: false });
      const canary = join(folder, 'canary');
      const preview = await client.plan(request(folder, `touch ${canary}`));
      assert.ok(preview.ok);
      const started = await client.start({ plan: preview.value.plan });
      assert.equal(started.ok ? '' : started.error.code, 'UNTRUSTED');
      await assert.rejects(readFile(canary));
    }));

  it('refuses a plan that no longer is what would run', () =>
    withEngine(async ({ client, folder }) => {
      const preview = await client.plan(request(folder, 'true'));
      assert.ok(preview.ok);
      const { plan } = preview.value;
      const changed = await client.start({
        plan: { ...plan, request: { ...plan.request, selection: 'a' } },
      });
      assert.equal(changed.ok ? '' : changed.error.code, 'PLAN_STALE');
      await writeFile(
        join(folder, 'inventory.yaml'),
        `version: 1\nnodes: { a: { transport: local, cwd: ./b } }\n`,
      );
      const stale = await client.start({
        plan: { ...plan, request: { ...plan.request, selection: 'a' } },
      });
      assert.equal(stale.ok ? '' : stale.error.code, 'PLAN_STALE');
    }));

  const refusals: readonly { of: string; change: Partial<PlanRequest>; code: string; message: RegExp }[] = [
    {
      of: 'names that are not there',
      change: { selection: 'a,x,@y' },
      code: 'SELECTION_UNKNOWN',
      message: /x.*@y/s,
    },
    {
      of: 'an expression that is not one',
      change: { selection: 'a b' },
      code: 'SELECTION_SYNTAX',
      message: /operator/,
    },
    {
      of: 'a command that no shell can take',
      change: { action: { type: 'command', command: 'a\0b' } },
      code: 'USAGE',
      message: /NUL/,
    },
    {
      of: 'an empty command',
      change: { action: { type: 'command', command: ' ' } },
      code: 'USAGE',
      message: /empty/,
    },
    { of: 'nothing', change: { selection: ' ' }, code: 'SELECTION_EMPTY', message: /No node selected/ },
    {
      of: 'too many',
      change: { maxTargets: 2 },
      code: 'TOO_MANY_TARGETS',
      message: /3 nodes, the limit is 2/,
    },
    {
      of: 'a file that is not there',
      change: { sources: [{ type: 'muster', path: '/nowhere/inventory.yaml' }] },
      code: 'INPUT_INVALID',
      message: /^\/nowhere\/inventory\.yaml There is no such file/,
    },
  ];
  for (const { of: what, change, code, message } of refusals) {
    it(`refuses ${what} before anything starts, and says so`, () =>
      withEngine(async ({ client, folder }) => {
        const preview = await client.plan(request(folder, 'true', change));
        assert.ok(!preview.ok);
        assert.equal(preview.error.code, code);
        assert.match(preview.error.message, message);
        assert.deepEqual(await client.batches(), []);
      }));
  }

  it('runs one at a time in the order of the expression when sequential', () =>
    withEngine(async ({ client, folder }) => {
      const change = { selection: 'c,a,b', strategy: { mode: 'sequential' } } as const;
      const state = await run(client, request(folder, 'true', change));
      assert.deepEqual(
        state.executions.map(({ node }) => node),
        ['c', 'a', 'b'],
      );
    }));

  it('cancels a running batch and proves the stop', () =>
    withEngine(async ({ client, folder }) => {
      const batch = await start(client, request(folder, 'echo up; sleep 60 & wait'));
      await new Promise<void>((resolve) => {
        let up = 0;
        client.onEvents(({ events }) => {
          up += events.filter((event) => event.type === 'outputProgress').length;
          if (up >= 3) resolve();
        });
      });
      const end = ended(client, batch);
      await client.cancel({ batch, which: 'all' });
      const state = await end;
      assert.equal(state.status, 'cancelled');
      assert.deepEqual(state.stopReport, { stopped: ['a', 'b', 'c'], running: [] });
    }));

  it('cancels the batches of a client that wants it so when the client goes', () =>
    withEngine(async ({ engine, client, folder }) => {
      const leaving = engine.connect({ ...context, onClose: 'cancel' });
      const batch = await start(leaving, request(folder, 'sleep 60'));
      const end = ended(client, batch);
      leaving.dispose();
      assert.equal((await end).status, 'cancelled');
    }));

  it('says that a history folder can not be made', async () => {
    const created = await createEngine({ dataDir: '/proc/muster', home: '/' });
    assert.equal(created.ok ? '' : created.error.code, 'HISTORY_UNWRITABLE');
  });

  it('says that a history folder can not be written', async function () {
    if (process.getuid?.() === 0) {
      // Root may write everywhere; a file in the way stops root as well.
      await using folder = await tempFolder();
      await writeFile(join(folder.path, 'data'), '');
      const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
      assert.equal(created.ok ? '' : created.error.code, 'HISTORY_UNWRITABLE');
      return;
    }
    await using folder = await tempFolder();
    await chmod(folder.path, 0o500);
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.equal(created.ok ? '' : created.error.code, 'HISTORY_UNWRITABLE');
  });
});
