import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeFile, placeFolder } from '../../../../engine/history/export/place.ts';
import { tempFolder } from '../../tempFolder.ts';

async function* texts(...all: readonly string[]): AsyncGenerator<string> {
  yield* all;
}

async function* broken(): AsyncGenerator<string> {
  yield 'half';
  throw new Error('no space left on device');
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('an exported file', () => {
  it('is for its user alone, whatever the mask of the process is (R-S8)', async () => {
    await using folder = await tempFolder();
    const before = process.umask(0);
    try {
      const files = [{ name: 'a.txt', bytes: bytes('a') }];
      assert.ok((await placeFile({ path: join(folder.path, 'one') }, texts('x'))).ok);
      assert.ok((await placeFolder({ path: join(folder.path, 'many') }, files)).ok);
    } finally {
      process.umask(before);
    }
    const modeOf = async (path: string): Promise<number> =>
      (await stat(join(folder.path, path))).mode & 0o777;
    assert.deepEqual(await Promise.all(['one', 'many', 'many/a.txt'].map(modeOf)), [0o600, 0o700, 0o600]);
  });

  it('replaces nothing unasked, not even a link that leads nowhere (R-O9)', async () => {
    await using folder = await tempFolder();
    const [file, dangling] = [join(folder.path, 'file'), join(folder.path, 'link')];
    await writeFile(file, 'precious');
    await symlink(join(folder.path, 'nowhere'), dangling);
    for (const path of [file, dangling, folder.path]) {
      const placed = await placeFile({ path }, texts('new'));
      assert.equal(placed.ok ? '' : placed.error.code, 'FILE_EXISTS');
    }
    assert.equal(await readFile(file, 'utf8'), 'precious');
    assert.deepEqual((await readdir(folder.path)).sort(), ['file', 'link']);
    assert.deepEqual(await placeFile({ path: file, isReplaced: true }, texts('n', 'ew')), {
      ok: true,
      value: { files: 1, bytes: 3 },
    });
    assert.equal(await readFile(file, 'utf8'), 'new');
  });

  it('is written once where several want the same place at once', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'file');
    const all = await Promise.all(Array.from({ length: 8 }, (_, at) => placeFile({ path }, texts(`${at}`))));
    assert.equal(all.filter(({ ok }) => ok).length, 1);
    assert.deepEqual(await readdir(folder.path), ['file']);
  });

  it('is not there at all where it could not be written whole', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'old'), 'old');
    for (const path of ['old', 'new', 'no/folder']) {
      const placed = await placeFile({ path: join(folder.path, path), isReplaced: true }, broken());
      assert.equal(placed.ok ? '' : placed.error.code, 'FILE_UNWRITABLE', path);
    }
    assert.deepEqual(await readdir(folder.path), ['old']);
    assert.equal(await readFile(join(folder.path, 'old'), 'utf8'), 'old');
  });
});

describe('an exported folder', () => {
  it('takes an empty one, and adds to one with files only where that is asked for', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'out');
    await mkdir(path);
    const files = (text: string) => [{ name: 'a.txt', bytes: bytes(text) }];
    assert.ok((await placeFolder({ path }, files('1'))).ok);
    const again = await placeFolder({ path }, files('2'));
    assert.equal(again.ok ? '' : again.error.code, 'FILE_EXISTS');
    await writeFile(join(path, 'mine'), 'mine');
    assert.ok((await placeFolder({ path, isReplaced: true }, files('3'))).ok);
    assert.equal(await readFile(join(path, 'a.txt'), 'utf8'), '3');
    assert.deepEqual((await readdir(path)).sort(), ['a.txt', 'mine']);
    assert.deepEqual(await readdir(folder.path), ['out']);
    const onFile = await placeFolder({ path: join(path, 'mine'), isReplaced: true }, files('4'));
    assert.equal(onFile.ok ? '' : onFile.error.code, 'FILE_EXISTS');
  });
});
