import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../engine/clock.ts';
import { batchFiles, historyLayout, type HistoryLayout } from '../../../engine/history/layout.ts';
import { claim } from '../../../engine/history/owner.ts';
import { startRetention } from '../../../engine/history/retention.ts';
import { tempFolder } from '../tempFolder.ts';
import { idOf, writeBatch } from './batches.ts';
import { openHistory } from './index/open.ts';

const ran = [{ node: 'web1', tags: ['prod'], outcome: { status: 'ok' }, says: ['hello'] }] as const;
const day = 86_400_000;

/** Batches that were changed last so many days ago, the last of them the newest. */
function filled(path: string, ages: readonly number[]): HistoryLayout {
  const layout = historyLayout(path);
  for (const folder of [layout.batches, layout.running]) mkdirSync(folder, { recursive: true });
  for (const [n, age] of ages.entries()) {
    writeBatch(layout, { id: idOf(n + 1), at: 1000 * n, ran });
    const { events, spool } = batchFiles(layout, idOf(n + 1));
    const time = (Date.now() - age * day) / 1000;
    for (const file of [events, spool]) utimesSync(file, time, time);
  }
  return layout;
}

describe('R-S7: old batches', () => {
  it('are deleted with their output and their rows, once a day, and never one that runs', async () => {
    await using folder = await tempFolder();
    const layout = filled(folder.path, [400, 300, 20, 10, 0]);
    // What a process that died was deleting.
    mkdirSync(join(layout.batches, `deleted-${idOf(9)}`));
    await claim(batchFiles(layout, idOf(2)).owner, { engine: 'another', program: 'a test' });
    const history = openHistory(layout);
    assert.equal((await history.query({ tag: 'prod' })).found, 5);
    const notes: string[] = [];
    const retention = startRetention({
      layout,
      clock: systemClock,
      history,
      limits: () => ({ ok: true, value: { keepMs: 90 * day, batches: 3, bytes: 1e9 } }),
      log: { note: ({ message }) => notes.push(message) },
    });
    retention.dispose();
    await retention.ifDue(1000);
    assert.deepEqual(readdirSync(layout.batches).toSorted(), [2, 3, 4, 5].map(idOf));
    assert.equal((await history.query({ tag: 'prod' })).found, 4);
    assert.match(notes.join(), /^deleted 1 batch:/);
    writeBatch(layout, { id: idOf(6), at: 9000, ran });
    await retention.ifDue(1000);
    assert.equal(readdirSync(layout.batches).length, 5);
    // A day later it is due again.
    utimesSync(layout.retained, 0, 0);
    await retention.ifDue(1000);
    assert.deepEqual(readdirSync(layout.batches).toSorted(), [2, 4, 5, 6].map(idOf));
    await history.close();
  });

  it('stay where the configuration can not be read', async () => {
    await using folder = await tempFolder();
    const layout = filled(folder.path, [4000, 4000]);
    const history = openHistory(layout);
    const retention = startRetention({
      layout,
      clock: systemClock,
      history,
      limits: () => ({ ok: false, error: { code: 'INPUT_INVALID', message: 'a test' } }),
      log: { note() {} },
    });
    retention.dispose();
    await retention.ifDue(1000);
    await history.close();
    assert.equal(readdirSync(layout.batches).length, 2);
  });
});
