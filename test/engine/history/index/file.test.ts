import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { applicationId, migrations } from '../../../../engine/history/index/migrations.ts';
import { historyLayout, type HistoryLayout } from '../../../../engine/history/layout.ts';
import { createEngine } from '../../../../engine/engine.ts';
import { context } from '../../context.ts';
import { tempFolder } from '../../tempFolder.ts';
import { idOf, writeBatch } from '../batches.ts';
import { openHistory } from './open.ts';

const ran = [{ node: 'web1', tags: ['prod'], outcome: { status: 'ok' } }] as const;

function withOneBatch(path: string): HistoryLayout {
  const layout = historyLayout(path);
  for (const folder of [layout.batches, layout.running]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeBatch(layout, { id: idOf(1), at: 1000, ran });
  return layout;
}

describe('an index of an earlier version', () => {
  for (const version of migrations.keys()) {
    if (version === 0) continue;
    it(`${version} is brought up to date, and filled again`, async () => {
      await using folder = await tempFolder();
      const layout = withOneBatch(folder.path);
      const db = new DatabaseSync(layout.index);
      db.exec(`PRAGMA application_id = ${applicationId}; ${migrations.slice(0, version).join(' ')}`);
      db.exec(`PRAGMA user_version = ${version}`);
      db.close();
      const history = openHistory(layout);
      const { found, notes } = await history.query({ tag: 'prod' });
      await history.close();
      assert.deepEqual([found, notes], [1, []]);
    });
  }
});

describe('R-S6: a Node without SQLite', () => {
  it('answers from the event logs, and says so once', async () => {
    await using folder = await tempFolder();
    const layout = withOneBatch(folder.path);
    const get = process.getBuiltinModule;
    Object.assign(process, { getBuiltinModule: () => undefined });
    try {
      const history = openHistory(layout);
      const first = await history.query({ tag: 'prod' });
      const second = await history.query({});
      assert.deepEqual([first.found, second.found, second.notes], [1, 1, []]);
      assert.match(
        first.notes.join(),
        /^This Node has no SQLite\. [^,]+, which takes longer; nothing is lost\./,
      );
      await history.close();
    } finally {
      Object.assign(process, { getBuiltinModule: get });
    }
    assert.deepEqual(readdirSync(folder.path).toSorted(), ['batches', 'running']);
  });
});

describe('R-S8: what the history is kept in', () => {
  it('is for its user alone, whatever the umask: folders 0700, files 0600, -wal and -shm too', async () => {
    await using folder = await tempFolder();
    const inventory = join(folder.path, 'inventory.yaml');
    writeFileSync(inventory, 'version: 1\nnodes:\n  n1: { transport: local }\n');
    const dataDir = join(folder.path, 'share', 'muster');
    const umask = process.umask(0);
    try {
      const created = await createEngine({ dataDir, home: folder.path });
      assert.ok(created.ok);
      const client = created.value.connect(context);
      const command = 'seq 1 40000';
      const request = { action: { type: 'command', command }, selection: 'n1' } as const;
      const preview = await client.plan({ ...request, sources: [{ type: 'muster', path: inventory }] });
      assert.ok(preview.ok);
      const ended = new Promise<void>((resolve) => {
        client.onEvents(({ events }) => events.some(({ type }) => type === 'batchFinished') && resolve());
      });
      assert.ok((await client.start({ plan: preview.value.plan, confirmed: true })).ok);
      await ended;
      await client.history({});
      const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
      assert.ok(['index.sqlite-wal', 'index.sqlite-shm'].every((name) => names.includes(name)));
      assert.ok(names.some((name) => name.endsWith('.out')));
      const open = ['.', ...names].filter((name) => {
        const info = statSync(join(dataDir, name));
        return (info.mode & 0o777) !== (info.isDirectory() ? 0o700 : 0o600);
      });
      await created.value.close();
      assert.deepEqual(open, []);
    } finally {
      process.umask(umask);
    }
  });
});

describe('an index that can not be made', () => {
  it('leaves the history as it is: the event logs answer, and the user is told why', async () => {
    await using folder = await tempFolder();
    const layout = { ...withOneBatch(folder.path), index: join(folder.path, 'nowhere', 'index.sqlite') };
    const history = openHistory(layout);
    const { found, notes } = await history.query({});
    await history.close();
    assert.equal(found, 1);
    assert.match(notes.join(), /^The index of the history can not be used: .*event logs instead/);
  });
});
