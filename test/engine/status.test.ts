import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { Transport } from '../../core/plugin/transport.ts';
import { createEngine } from '../../engine/engine.ts';
import { tempFolder } from './tempFolder.ts';

const context: ClientContext = {
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
};

/** Runs a command on n1 to n12 through a transport of this test, and asks about the batch. */
async function withBatch(
  transport: (dataDir: string) => Transport,
  test: (asked: { client: EngineClient; batch: string }) => Promise<void>,
) {
  await using folder = await tempFolder();
  const inventory = join(folder.path, 'inventory.yaml');
  await writeFile(inventory, 'version: 1\nnodes:\n  n[1-12]: { transport: local }\n');
  const dataDir = join(folder.path, 'data');
  const created = await createEngine({
    dataDir,
    home: folder.path,
    transports: () => new Map([['local', transport(dataDir)]]),
  });
  assert.ok(created.ok);
  const client = created.value.connect(context);
  try {
    const preview = await client.plan({
      action: { type: 'command', command: 'uptime' },
      selection: '*',
      sources: [{ type: 'muster', path: inventory }],
    });
    assert.ok(preview.ok);
    const ended = new Promise<void>((resolve) => {
      client.onEvents(({ events }) => events.some(({ type }) => type === 'batchFinished') && resolve());
    });
    const started = await client.start({ plan: preview.value.plan });
    assert.ok(started.ok);
    await ended;
    await test({ client, batch: started.value.batch });
  } finally {
    await created.value.close();
  }
}

/** n3 fails, n7 is unreachable. `connecting` is called before each node is. */
function scripted(connecting: () => void = () => {}): Transport {
  return {
    name: 'local',
    options: z.looseObject({}),
    connect: ({ node }) => {
      connecting();
      if (node === 'n7') {
        const outcome = { status: 'unreachable', kind: 'refused', message: 'port 22 refused' } as const;
        return Promise.resolve({ ok: false, outcome });
      }
      return Promise.resolve({
        ok: true,
        session: {
          info: { transport: 'local', host: node, via: [] },
          exec: () => Promise.resolve({ type: 'exited', code: node === 'n3' ? 4 : 0 }),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        },
      });
    },
  };
}

describe('the status of a batch', () => {
  it('has counts, figures, and nodes by name', () =>
    withBatch(
      () => scripted(),
      async ({ client, batch }) => {
        const answer = await client.status({ batch });
        assert.ok(answer.ok);
        const { counts, nodes, completed, percent, metrics, executions, title } = answer.value;
        assert.deepEqual(counts, { ok: 10, failed: 1, unreachable: 1 });
        assert.deepEqual([title, nodes, completed, percent], ['uptime', 12, 12, 100]);
        assert.equal(metrics.successRate, 0.833);
        assert.deepEqual(
          executions.slice(0, 3).map(({ node }) => node),
          ['n1', 'n2', 'n3'],
        );
        assert.equal(executions[11]?.node, 'n12');
        assert.deepEqual([executions[2]?.exitCode, executions[2]?.message], [4, 'exit 4']);
      },
    ));

  it('filters, searches, sorts and pages', () =>
    withBatch(
      () => scripted(),
      async ({ client, batch }) => {
        const names = async (query: object) => {
          const answer = await client.status({ batch, ...query });
          assert.ok(answer.ok);
          return [answer.value.found, ...answer.value.executions.map(({ node }) => node)];
        };
        assert.deepEqual(await names({ statuses: ['failed', 'unreachable'] }), [2, 'n3', 'n7']);
        assert.deepEqual(await names({ search: 'REFUSED' }), [1, 'n7']);
        assert.deepEqual(await names({ search: 'n1', page: 2, pageSize: 3 }), [4, 'n12']);
        assert.deepEqual(await names({ sort: 'status', page: 3, pageSize: 5 }), [12, 'n3', 'n7']);
        assert.deepEqual(await names({ page: 9 }), [12]);
      },
    ));

  it('says that a batch is not there', () =>
    withBatch(
      () => scripted(),
      async ({ client }) => {
        const answer = await client.status({ batch: '../etc' });
        assert.equal(answer.ok ? '' : answer.error.code, 'NOT_FOUND');
      },
    ));
});

describe('the beginning of a batch', () => {
  it('is on disk with all its executions before any node is connected to', async () => {
    const seen: number[] = [];
    const look = (dataDir: string) => () => {
      const [batch = ''] = readdirSync(join(dataDir, 'batches'));
      const [line = '{}'] = readFileSync(join(dataDir, 'batches', batch, 'events.jsonl'), 'utf8').split('\n');
      seen.push(JSON.parse(line).plan?.executions.length ?? 0);
    };
    await withBatch(
      (dataDir) => scripted(look(dataDir)),
      () => Promise.resolve(),
    );
    assert.deepEqual(
      seen,
      Array.from({ length: 12 }, () => 12),
    );
  });

  it('is refused where it can not be written, and nothing starts', async () => {
    await using folder = await tempFolder();
    const inventory = join(folder.path, 'inventory.yaml');
    await writeFile(inventory, 'version: 1\nnodes:\n  n: { transport: local }\n');
    const dataDir = join(folder.path, 'data');
    const created = await createEngine({ dataDir, home: folder.path });
    assert.ok(created.ok);
    const client = created.value.connect(context);
    const preview = await client.plan({
      action: { type: 'command', command: `touch ${folder.path}/started` },
      selection: '*',
      sources: [{ type: 'muster', path: inventory }],
    });
    assert.ok(preview.ok);
    await rm(join(dataDir, 'batches'), { recursive: true });
    await writeFile(join(dataDir, 'batches'), '');
    const started = await client.start({ plan: preview.value.plan });
    assert.equal(started.ok ? '' : started.error.code, 'HISTORY_UNWRITABLE');
    assert.ok(!existsSync(join(folder.path, 'started')));
    await created.value.close();
  });
});
