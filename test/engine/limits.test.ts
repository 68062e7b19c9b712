import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { Control } from '../../core/run/controls.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Result } from '../../core/util/errors.ts';
import { builtInConfig, layerConfig, readConfig } from '../../core/config/config.ts';
import { createEngine } from '../../engine/engine.ts';
import { createSharedLimits } from '../../engine/limits/sharedLimits.ts';
import type { Machine } from '../../engine/limits/machine.ts';
import { tempFolder } from './tempFolder.ts';

const context: ClientContext = {
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: true,
  onClose: 'finish',
};

type World = {
  client: EngineClient;
  folder: string;
  request: (command: string, change?: Partial<PlanRequest>) => PlanRequest;
  start: (command: string, change?: Partial<PlanRequest>) => Promise<Result<{ batch: string }>>;
  /** The next event that fits. */
  next: (fits: (event: LoggedEvent) => boolean) => Promise<LoggedEvent>;
  /** Ends the engine, and gives its log. */
  log: () => Promise<Record<string, unknown>[]>;
};
type Given = { user?: string; workspace?: string; machine?: Machine };

/** An engine with six local nodes, its configuration written first. */
async function withEngine({ user, workspace, machine }: Given, test: (world: World) => Promise<void>) {
  await using temp = await tempFolder();
  const folder = temp.path;
  const files = {
    '.config/muster/config.yaml': user,
    'project/.muster/config.yaml': workspace,
    'project/.muster/inventory.yaml': 'version: 1\nnodes:\n  n[1-6]: { transport: local, cwd: .. }\n',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    if (text !== undefined) await writeFile(join(folder, name), text);
  }
  const created = await createEngine({
    dataDir: join(folder, 'data'),
    home: folder,
    ...(machine && { machine }),
  });
  assert.ok(created.ok);
  const client = created.value.connect(context);
  const request: World['request'] = (command, change) => ({
    action: { type: 'command', command },
    selection: '*',
    sources: [{ type: 'muster', path: join(folder, 'project/.muster/inventory.yaml') }],
    ...change,
  });
  try {
    await test({
      client,
      folder,
      request,
      async start(command, change) {
        const preview = await client.plan(request(command, change));
        return preview.ok ? client.start({ plan: preview.value.plan }) : preview;
      },
      next: (fits) =>
        new Promise((resolve) => {
          const listening = client.onEvents(({ events }) => {
            const found = events.find(fits);
            if (!found) return;
            listening.dispose();
            resolve(found);
          });
        }),
      async log() {
        await created.value.close();
        const text = await readFile(join(folder, 'data', 'engine.log'), 'utf8');
        return text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line));
      },
    });
  } finally {
    await created.value.close();
  }
}

const isEnd = ({ type }: LoggedEvent): boolean => type === 'batchFinished';

async function stateOf(client: EngineClient, batch: Result<{ batch: string }>): Promise<BatchState> {
  assert.ok(batch.ok, JSON.stringify(batch));
  const state = await client.snapshot(batch.value.batch);
  assert.ok(state.ok);
  return state.value;
}

describe('the queue of an engine', function () {
  it('refuses what it has no room for before anything starts, and says how full it is', () =>
    withEngine({ user: 'limits: { queue: 8 }' }, async ({ folder, start, log }) => {
      const first = await start('sleep 60', { strategy: { concurrency: 1 } });
      assert.ok(first.ok);
      const second = await start(`touch ${folder}/started`);
      assert.ok(!second.ok);
      assert.equal(second.error.code, 'QUEUE_FULL');
      const { queued, running, limit, asked } = second.error.details as Record<string, number>;
      assert.deepEqual([(queued ?? 0) + (running ?? 0), limit, asked], [6, 8, 6]);
      assert.match(second.error.message, /queue is full: \d executions wait.*limits\.queue/);
      assert.deepEqual(await readdir(join(folder, 'data', 'batches')), [first.value.batch]);
      const refused = (await log()).filter(({ event }) => event === 'refused');
      assert.deepEqual(
        refused.map(({ fields }) => fields),
        [{ what: 'start', code: 'QUEUE_FULL', user: 'me' }],
      );
    }));

  it('has room again when a batch has ended', () =>
    withEngine({ user: 'limits: { queue: 6 }' }, async ({ start, next }) => {
      const ended = next(isEnd);
      assert.ok((await start('true')).ok);
      await ended;
      const again = next(isEnd);
      assert.ok((await start('true')).ok);
      await again;
    }));

  it('makes two starts at once share the room there is', () =>
    withEngine({ user: 'limits: { queue: 6 }' }, async ({ client, request, next }) => {
      const preview = await client.plan(request('sleep 1'));
      assert.ok(preview.ok);
      const ended = next(isEnd);
      const { plan } = preview.value;
      const both = await Promise.all([client.start({ plan }), client.start({ plan })]);
      assert.deepEqual(both.filter(({ ok }) => ok).length, 1);
      await ended;
    }));
});

describe('limits that all batches have in common', function () {
  it('hold up starts by the open files and say so', () =>
    withEngine({ machine: { openFiles: 72, cpus: 8 } }, async ({ client, start, next }) => {
      const told = next((event) => event.type === 'limitChanged' && event.heldBy !== null);
      const ended = next(isEnd);
      const started = await start('sleep 0.4');
      const event = await told;
      assert.equal(event.type === 'limitChanged' && event.heldBy, 'open files, 2 nodes at once');
      await ended;
      const state = await stateOf(client, started);
      assert.equal(state.status, 'succeeded');
      assert.deepEqual(Object.keys(state.heldMs), ['open files, 2 nodes at once']);
    }));

  it('let a batch that is cancelled end while others hold all places', () =>
    withEngine({ user: 'limits: { running: 1 }' }, async ({ client, start, next }) => {
      const long = await start('sleep 60', { selection: 'n1' });
      const waiting = await start('sleep 60', { selection: 'n2' });
      assert.ok(long.ok && waiting.ok);
      const ended = next(isEnd);
      await client.cancel({ batch: waiting.value.batch, which: 'all' });
      await ended;
      const state = await stateOf(client, waiting);
      assert.deepEqual([state.status, state.executions[0]?.startedAt], ['cancelled', undefined]);
      assert.equal((await stateOf(client, long)).status, 'running');
      await client.cancel({ batch: long.value.batch, which: 'all' });
    }));
});

describe('controls of a running batch', function () {
  it('pause, resume and change how many run at once', () =>
    withEngine({}, async ({ client, start, next, log }) => {
      const paused = next(({ type }) => type === 'paused');
      const started = await start('sleep 0.3', { strategy: { concurrency: 1 } });
      assert.ok(started.ok);
      const { batch } = started.value;
      const control = (what: Control) => client.control({ batch, control: what });
      await control({ type: 'pause' });
      await paused;
      assert.equal((await stateOf(client, started)).paused, true);
      const resized = next(({ type }) => type === 'limitChanged');
      await control({ type: 'concurrency', concurrency: 5 });
      await resized;
      const ended = next(isEnd);
      await control({ type: 'resume' });
      await ended;
      const state = await stateOf(client, started);
      assert.deepEqual([state.status, state.concurrency], ['succeeded', 5]);
      const last = state.executions.slice(1, 5).map(({ startedAt }) => startedAt ?? 0);
      assert.ok(Math.max(...last) - Math.min(...last) < 250, 'as many as there are places start together');
      const events = (await log()).map(({ event }) => event);
      for (const event of ['queue', 'batchStarted', 'paused', 'resumed', 'batchFinished'])
        assert.ok(events.includes(event), event);
    }));

  it('answer a barrier: no further wave begins after a no', () =>
    withEngine({}, async ({ client, start, next }) => {
      const waiting = next(({ type }) => type === 'barrierWaiting');
      const ended = next(isEnd);
      const started = await start('true', { strategy: { waves: [2], barrier: { type: 'ask' } } });
      assert.ok(started.ok);
      await waiting;
      const { batch } = started.value;
      await client.control({ batch, control: { type: 'proceed', wave: 1, go: false } });
      await ended;
      const { counts } = await stateOf(client, started);
      assert.deepEqual([counts.ok, counts['not-started']], [2, 4]);
    }));

  it('say that a batch is not there', () =>
    withEngine({}, async ({ client }) => {
      const answer = await client.control({ batch: 'none', control: { type: 'pause' } });
      assert.equal(answer.ok ? '' : answer.error.code, 'NOT_FOUND');
    }));
});

describe('config.yaml', () => {
  it('says how much output is kept: json calls the rest cut, and a note counts it', () =>
    withEngine({ user: 'limits: { outputPerNode: 1KB }' }, async ({ client, start, next }) => {
      const started = await start('seq 1 30000', { selection: 'n1' });
      assert.ok(started.ok);
      await next(({ type }) => type === 'batchFinished');
      const state = await client.snapshot(started.value.batch);
      assert.ok(state.ok);
      const [execution] = state.value.executions;
      assert.equal(execution?.status, 'ok');
      assert.equal(execution.stdoutBytes, 168_894);
      const { leftOut = 0, notes } = execution;
      assert.ok(leftOut >= 168_894 - 1024 - 65_536 && leftOut <= 168_894 - 65_536, `${leftOut}`);
      assert.match(notes.join(), new RegExp(`\\(${leftOut} bytes\\) of the output are not in the history`));
      const page = await client.output({
        batch: started.value.batch,
        execution: execution.id,
        from: -7,
        limit: 100,
      });
      assert.ok(page.ok);
      assert.equal(page.value.chunks[0]?.text, '\n30000\n');
      assert.equal(page.value.total + leftOut, 168_894);
    }));

  it('says after how many failures, and for how long, a node is left alone', () => {
    const read = readConfig('limits: { breaker: { failures: 2, pause: 1h } }', { file: 'c', level: 'user' });
    assert.deepEqual(read.problems, []);
    const { engine } = layerConfig(builtInConfig, read.part);
    const clock = { now: () => 0, after: () => ({ dispose: () => {} }) };
    const shared = createSharedLimits({ limits: engine, machine: { openFiles: 1000, cpus: 2 }, clock });
    for (const cause of ['first', 'second']) {
      const pass = shared.breakers?.ask('node n1');
      assert.ok(pass?.ok);
      pass.report('failed', cause);
    }
    assert.deepEqual(shared.breakers?.ask('node n1'), { ok: false, retryInMs: 3_600_000, cause: 'first' });
  });

  it('gives defaults; the workspace wins over the user, and the request over both', () =>
    withEngine(
      {
        user: 'defaults: { concurrency: 3, timeout: 10s, retries: { count: 2, delay: 5s } }',
        workspace: 'defaults: { concurrency: 4, retries: { delay: 1s } }',
      },
      async ({ client, request }) => {
        const preview = await client.plan(request('true', { limits: { timeoutMs: 7000 } }));
        assert.ok(preview.ok);
        const { strategy, limits } = preview.value.plan;
        assert.equal(strategy.concurrency, 4);
        assert.equal(limits.timeoutMs, 7000);
        assert.deepEqual([limits.retries?.count, limits.retries?.delayMs], [2, 1000]);
      },
    ));

  it('classes commands, and the plan says why', () =>
    withEngine(
      { workspace: 'classes: { packages: { match: apt-get, timeout: 30m, concurrency: 2 } }' },
      async ({ client, request, folder }) => {
        const plan = async (command: string, change?: Partial<PlanRequest>) => {
          const preview = await client.plan(request(command, change));
          assert.ok(preview.ok);
          const { strategy, limits } = preview.value.plan;
          return [strategy.mode, strategy.concurrency, limits.timeoutMs, ...preview.value.notes];
        };
        assert.deepEqual(await plan('systemctl restart x'), [
          'sequential',
          6,
          300_000,
          'One node after the other: "restart" makes this a lifecycle command (a built-in rule).',
        ]);
        assert.deepEqual(await plan('systemctl restart x', { strategy: { mode: 'parallel' } }), [
          'parallel',
          6,
          300_000,
        ]);
        const file = join(folder, 'project/.muster/config.yaml');
        assert.deepEqual(await plan('apt-get -y install x'), [
          'parallel',
          2,
          1_800_000,
          `2 at once, 1800 s at most: "apt-get" makes this a packages command (${file}).`,
        ]);
      },
    ));

  it('is refused with its place where it is wrong', () =>
    withEngine({ workspace: 'limits: { queue: 1 }\n' }, async ({ start, folder }) => {
      const started = await start('true');
      assert.ok(!started.ok);
      assert.equal(started.error.code, 'INPUT_INVALID');
      const file = join(folder, 'project/.muster/config.yaml');
      assert.ok(
        started.error.message.startsWith(`${file}:1:1 A workspace sets no limits`),
        started.error.message,
      );
    }));
});
