import assert from 'node:assert/strict';
import { utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { claim, livingOwner, ownerText, takeLock } from '../../../engine/history/owner.ts';
import { isOfThisBoot, isThere, markOfThisProcess } from '../../../engine/history/processMark.ts';
import { tempFolder } from '../tempFolder.ts';

describe('who runs a batch', () => {
  it('is the process that claimed it, as long as it is there', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'owner.json');
    assert.equal(await livingOwner(path), undefined);
    await claim(path, { engine: 'one', program: 'muster run' });
    const owner = await livingOwner(path);
    assert.ok(owner);
    assert.equal(ownerText(owner), `process ${process.pid} (muster run)`);
    await writeFile(path, '{"host":');
    assert.equal(await livingOwner(path), undefined);
  });

  it('R-S1: is not a later process with the same number, nor one of another machine that can not be seen', () => {
    const mine = markOfThisProcess();
    assert.equal(isThere(mine), true);
    assert.equal(isThere({ ...mine, startedAt: `${Number(mine.startedAt) - 1}` }), false);
    assert.equal(isThere({ ...mine, host: `not-${hostname()}`, pid: 1 }), true);
    assert.deepEqual([isOfThisBoot(mine), isOfThisBoot({ at: 0 })], [true, false]);
  });
});

describe('a lock', () => {
  it('is taken by one, and again from a process that is gone', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'lock');
    assert.deepEqual([await takeLock(path), await takeLock(path)], [true, false]);
    await writeFile(path, JSON.stringify({ ...markOfThisProcess(), startedAt: '1' }));
    assert.equal(await takeLock(path), true);
  });

  it("without a name is somebody's who is just taking it, for a while", async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'lock');
    await writeFile(path, '');
    assert.equal(await takeLock(path), false);
    await utimes(path, 1, 1);
    assert.equal(await takeLock(path), true);
  });
});
