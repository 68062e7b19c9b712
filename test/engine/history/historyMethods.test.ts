import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { batchFiles, historyLayout } from '../../../engine/history/layout.ts';
import { claim } from '../../../engine/history/owner.ts';
import { createEngine } from '../../../engine/engine.ts';
import { context } from '../context.ts';
import { tempFolder } from '../tempFolder.ts';
import { idOf, writeBatch } from './batches.ts';

const ran = [{ node: 'web1', outcome: { status: 'ok' }, says: ['hello'] }] as const;

describe('the history of an engine', () => {
  it('has what was run before, with its counts and times', async () => {
    await using folder = await tempFolder();
    const layout = historyLayout(folder.path);
    mkdirSync(layout.running, { recursive: true });
    writeBatch(layout, { id: idOf(1), at: 1000, ran });
    const created = await createEngine({ dataDir: folder.path, home: folder.path });
    assert.ok(created.ok);
    const page = await created.value.connect(context).history({});
    await created.value.close();
    assert.deepEqual(page, {
      ok: true,
      value: {
        batches: [
          {
            id: idOf(1),
            title: 'uptime',
            kind: 'command',
            user: 'ada',
            status: 'succeeded',
            nodes: 1,
            completed: 1,
            failures: 0,
            counts: { ok: 1 },
            startedAt: 1000,
            endedAt: 3000,
            firstStart: 1500,
            lastEnd: 2500,
          },
        ],
        found: 1,
        page: 1,
        pageSize: 50,
        notes: [],
      },
    });
  });

  it('loses a batch that is deleted, with all that it said, and keeps one that runs', async () => {
    await using folder = await tempFolder();
    const layout = historyLayout(folder.path);
    mkdirSync(layout.running, { recursive: true });
    for (const n of [1, 2]) writeBatch(layout, { id: idOf(n), at: 1000, ran });
    const created = await createEngine({ dataDir: folder.path, home: folder.path });
    assert.ok(created.ok);
    await claim(batchFiles(layout, idOf(2)).owner, { engine: 'another', program: 'a test' });
    const client = created.value.connect(context);
    const answer = await client.deleteBatches({ batches: [idOf(1), idOf(2), idOf(3), '../running'] });
    await created.value.close();
    assert.deepEqual(answer, {
      ok: true,
      value: {
        deleted: [idOf(1)],
        refused: [
          { batch: idOf(2), message: 'It runs. Stop it first, or wait for its end.' },
          { batch: idOf(3), message: 'There is no such batch.' },
          { batch: '../running', message: 'There is no such batch.' },
        ],
      },
    });
    assert.deepEqual(readdirSync(layout.batches), [idOf(2)]);
  });
});
