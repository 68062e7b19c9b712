import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { historyLayout, type HistoryLayout } from '../../../../engine/history/layout.ts';
import { memory, tempFolder } from '../../tempFolder.ts';
import { idOf, writeBatch } from '../batches.ts';
import { openHistory } from './open.ts';

const ok = { status: 'ok' } as const;
const ids = [4, 3, 2, 1].map(idOf);

/** Four batches, in the index. */
async function filled(path: string): Promise<HistoryLayout> {
  const layout = historyLayout(path);
  for (const folder of [layout.batches, layout.running]) mkdirSync(folder, { recursive: true });
  for (const [n, id] of ids.entries()) {
    const ran = ['web1', 'db1'].map((node) => ({ node, tags: ['prod'], outcome: ok, says: [`number ${n}`] }));
    writeBatch(layout, { id, at: 1000 * n, ran });
  }
  assert.deepEqual((await asked(layout)).ids, ids);
  return layout;
}

/** What an engine that starts now answers, and says beside it. */
async function asked(layout: HistoryLayout) {
  const history = openHistory(layout);
  try {
    const page = await history.query({});
    const tagged = await history.query({ tag: 'prod', nodes: ['db1'], outcomes: ['ok'] });
    return { ids: page.batches.map(({ id }) => id), notes: [...page.notes, ...tagged.notes] };
  } finally {
    await history.close();
  }
}

function asideOf(path: string): string[] {
  return readdirSync(path).filter((name) => name.startsWith('index.sqlite.corrupt-'));
}

/** Numbers that are the same in every run: Park and Miller's generator. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** Damages a file as disks, programs and people do. */
function damage(file: string, random: (below: number) => number): void {
  const bytes = readFileSync(file);
  const kind = random(10);
  if (kind === 0) return writeFileSync(file, bytes.subarray(0, random(bytes.length)));
  const length = kind < 5 ? 1 : random(kind < 8 ? 64 : 8192);
  const from = random(kind % 2 === 0 ? 200 : bytes.length);
  for (let at = from; at < Math.min(from + length, bytes.length); at++)
    bytes[at] = kind === 9 ? 0 : random(256);
  writeFileSync(file, bytes);
}

describe('R-S4: a damaged index', function () {
  this.timeout(180_000);

  it('is made anew after any of 1,000 damages, with every batch', async () => {
    await using folder = await tempFolder(memory);
    const layout = await filled(folder.path);
    const sound = `${folder.path}/sound`;
    copyFileSync(layout.index, sound);
    const random = createRandom(4711);
    let noticed = 0;
    for (let run = 0; run < 1000; run++) {
      for (const suffix of ['-wal', '-shm', '']) rmSync(`${layout.index}${suffix}`, { force: true });
      copyFileSync(sound, layout.index);
      damage(layout.index, random);
      const answer = await asked(layout);
      assert.deepEqual(answer.ids, ids, `damage ${run}`);
      // From now on it is sound, and nothing more is said, unless nothing but its version was changed, to a later one.
      const again = await asked(layout);
      const isNewer = again.notes.some((note) => note.includes('a later version'));
      assert.deepEqual(again, { ids, notes: isNewer ? answer.notes : [] }, `after damage ${run}`);
      if (answer.notes.length > 0) noticed++;
      for (const name of asideOf(folder.path)) rmSync(`${folder.path}/${name}`);
    }
    assert.ok(noticed > 300, `only ${noticed} damages were noticed`);
  });

  const cases: Readonly<Record<string, (file: string) => void>> = {
    'that is empty': (file) => writeFileSync(file, ''),
    'that is a folder': (file) => {
      rmSync(file);
      mkdirSync(file);
    },
    'that is text': (file) => writeFileSync(file, 'my shopping list'),
    'that is the database of another program': (file) => {
      rmSync(file);
      const db = new DatabaseSync(file);
      db.exec('CREATE TABLE batches (recipe TEXT)');
      db.close();
    },
  };
  for (const [name, put] of Object.entries(cases)) {
    it(`${name} is moved aside, unchanged, and the user is told`, async () => {
      await using folder = await tempFolder();
      const layout = await filled(folder.path);
      put(layout.index);
      const size = statSync(layout.index).isFile() ? statSync(layout.index).size : undefined;
      const { ids: found, notes } = await asked(layout);
      assert.deepEqual(found, ids);
      assert.match(notes[0] ?? '', /was damaged\. It is now .*corrupt-.*nothing is lost/);
      const [aside = ''] = asideOf(folder.path);
      const moved = statSync(`${folder.path}/${aside}`);
      assert.equal(moved.isFile() ? moved.size : undefined, size);
    });
  }

  it('without its -wal is brought up to date', async () => {
    await using folder = await tempFolder();
    const layout = await filled(folder.path);
    const history = openHistory(layout);
    writeBatch(layout, { id: idOf(5), at: 9000, ran: [{ node: 'web1', outcome: ok }] });
    await history.query({});
    assert.ok(statSync(`${layout.index}-wal`).size > 0);
    // As a copy of the folder without it would be.
    copyFileSync(layout.index, `${layout.index}.copy`);
    await history.close();
    for (const suffix of ['-wal', '-shm', '']) rmSync(`${layout.index}${suffix}`, { force: true });
    copyFileSync(`${layout.index}.copy`, layout.index);
    assert.deepEqual(await asked(layout), { ids: [idOf(5), ...ids], notes: [] });
  });
});

describe('an index of another version', () => {
  it('that is later is left as it is: the event logs answer, and the user is told once', async () => {
    await using folder = await tempFolder();
    const layout = await filled(folder.path);
    const db = new DatabaseSync(layout.index);
    db.exec('PRAGMA user_version = 99; DELETE FROM batches');
    db.close();
    const before = readFileSync(layout.index);
    const answer = await asked(layout);
    assert.deepEqual(answer.ids, ids);
    assert.match(answer.notes.join(), /^The index of the history was made by a later version[^,]+\. Queries/);
    assert.equal(answer.notes.length, 1);
    assert.deepEqual(readFileSync(layout.index), before);
    const history = openHistory(layout);
    assert.equal((await history.rebuild()).ok, false);
    await history.close();
    assert.deepEqual(readFileSync(layout.index), before);
  });
});
