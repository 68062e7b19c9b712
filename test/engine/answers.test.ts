import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Transport } from '../../core/plugin/transport.ts';
import type { Answers } from '../../core/protocol/answers.ts';
import { createEngine } from '../../engine/engine.ts';
import { context } from './context.ts';
import { tempFolder } from './tempFolder.ts';

type Said = { readonly out?: string | Uint8Array; readonly err?: string; readonly code?: number };

/** Nodes that say what they are told to. */
function saying(said: (node: string) => Said): Transport {
  return {
    name: 'local',
    options: z.looseObject({}),
    connect: ({ node }) =>
      Promise.resolve({
        ok: true,
        session: {
          info: { transport: 'local', host: `${node}.example.com`, via: [] },
          async exec(_request, { onOutput }) {
            const { out = '', err = '', code = 0 } = said(node);
            await onOutput('stdout', typeof out === 'string' ? Buffer.from(out) : out);
            await onOutput('stderr', Buffer.from(err));
            return { type: 'exited', code };
          },
          [Symbol.asyncDispose]: () => Promise.resolve(),
        },
      }),
  };
}

/** Runs on n1 to n6 and asks for the answers until all of them have been read. */
async function answersOf(
  said: (node: string) => Said,
  { exact = false, config = '' }: { exact?: boolean; config?: string } = {},
): Promise<Answers> {
  await using folder = await tempFolder();
  const inventory = join(folder.path, 'inventory.yaml');
  await writeFile(inventory, 'version: 1\nnodes:\n  n[1-6]: { transport: local }\n');
  await mkdir(join(folder.path, '.muster'));
  await writeFile(join(folder.path, '.muster', 'config.yaml'), config);
  const created = await createEngine({
    dataDir: join(folder.path, 'data'),
    home: folder.path,
    transports: () => new Map([['local', saying(said)]]),
  });
  assert.ok(created.ok);
  try {
    const client = created.value.connect({ ...context, folder: folder.path });
    const request = {
      action: { type: 'command' as const, command: 'uptime' },
      selection: '*',
      sources: [{ type: 'muster' as const, path: inventory }],
    };
    const preview = await client.plan(request);
    assert.ok(preview.ok);
    const ended = new Promise<void>((resolve) => {
      client.onEvents(({ events }) => events.some(({ type }) => type === 'batchFinished') && resolve());
    });
    const started = await client.start({ plan: preview.value.plan });
    assert.ok(started.ok);
    await ended;
    for (;;) {
      const answers = await client.answers({ batch: started.value.batch, exact });
      assert.ok(answers.ok);
      if (answers.value.unread === 0) return answers.value;
    }
  } finally {
    await created.value.close();
  }
}

function summary({ clusters }: Answers): readonly string[] {
  return clusters.map(({ kind, end, executions }) => `${kind} ${end} ${executions.join(',')}`);
}

describe('the answers of a batch', () => {
  it('leaves out what is a node’s own, unless it is asked for exactly', async () => {
    const said = (node: string): Said => ({ out: `Linux ${node} 10:0${node.slice(1)}:00\n` });
    assert.deepEqual(summary(await answersOf(said)), ['same exit 0 e1,e2,e3,e4,e5,e6']);
    const exact = await answersOf(said, { exact: true });
    assert.equal(exact.clusters.length, 6);
  });

  it('masks what the configuration names', async () => {
    const said = (node: string): Said => ({ out: `ticket OPS-${node.slice(1)}\n` });
    const masked = await answersOf(said, { config: 'masks: { ticket: "OPS-[0-9]+" }\n' });
    assert.deepEqual(summary(masked), ['same exit 0 e1,e2,e3,e4,e5,e6']);
    assert.equal(masked.clusters[0]?.lines[0]?.parts[0]?.text, 'ticket ‹ticket›');
    assert.equal((await answersOf(said)).clusters.length, 6);
  });

  it('tells failures, stderr and silence apart, and adds up', async () => {
    const answers = await answersOf((node) => {
      if (node === 'n2') return { out: 'active\n', err: 'oops\n' };
      if (node === 'n3') return { out: 'failed\n', code: 3 };
      if (node === 'n4') return {};
      return { out: 'active\n' };
    });
    assert.deepEqual(summary(answers), [
      'same exit 0 e1,e5,e6',
      'different exit 0 e2',
      'different exit 3 e3',
      'silent exit 0 e4',
    ]);
    assert.deepEqual(answers.counts, { same: 3, similar: 0, different: 2, silent: 1 });
    assert.equal(answers.toAnswer, 0);
  });

  it('reads characters that are cut between two parts of a long output', async () => {
    const long = `${'x'.repeat(262_143)}é\n`;
    const answers = await answersOf((node) => ({ out: node === 'n6' ? `${long}y` : `${long}é` }));
    assert.deepEqual(summary(answers), ['same exit 0 e1,e2,e3,e4,e5', 'different exit 0 e6']);
  });
});
