import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, stat, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JournalEntry } from '../../../../core/journal/entry.ts';
import { createNoteFiles } from '../../../../engine/history/journal/noteFiles.ts';
import { root } from '../../../house/repository.ts';
import { tempFolder } from '../../tempFolder.ts';

const day = 86_400_000;
const begin = Date.UTC(2026, 0, 15);

function note(node: string, at: number, text = 'a note'): JournalEntry {
  return {
    id: `${at}`,
    at,
    node,
    kind: 'note',
    type: 'note',
    level: 'info',
    source: 'person',
    by: 'ada',
    text,
  };
}

async function fileOf(folder: string, which = 0): Promise<string> {
  const [node = ''] = await readdir(folder);
  return join(folder, node, (await readdir(join(folder, node)))[which] ?? '');
}

/** A process that adds `count` notes about n1 as quickly as it can. */
const writer = (folder: string, name: string, count: number): string => `
  import { createNoteFiles } from ${JSON.stringify(pathToFileURL(join(root, 'engine/history/journal/noteFiles.ts')).href)};
  const files = createNoteFiles(${JSON.stringify(folder)});
  for (let at = 0; at < ${count}; at++) {
    await files.append({
      id: '${name}' + at, at: ${begin} + at, node: 'n1', kind: 'event', type: 't', level: 'info', source: '${name}',
      by: 'ada', text: '${name}'.repeat(at % 7 === 0 ? 3000 : 10),
    });
  }`;

describe('notes about a node', () => {
  it('are all there, whole, when three processes write them at once', async function () {
    await using folder = await tempFolder();
    const names = ['one', 'two', 'ten'];
    const writers = names.map((name) =>
      spawn(process.execPath, ['--input-type=module', '-e', writer(folder.path, name, 150)], {
        stdio: 'inherit',
      }),
    );
    const codes = await Promise.all(writers.map(async (each) => (await once(each, 'exit'))[0] as unknown));
    assert.deepEqual(codes, [0, 0, 0]);
    const read = await createNoteFiles(folder.path).read('n1');
    assert.deepEqual(
      read.map(({ id }) => id).sort(),
      names.flatMap((name) => Array.from({ length: 150 }, (_, at) => `${name}${at}`)).sort(),
    );
  });

  it('are the newest first, each of its own node, whatever it is called', async () => {
    await using folder = await tempFolder();
    const files = createNoteFiles(folder.path);
    const nodes = ['web01', 'WEB01', '../web01', 'web 01', 'x'.repeat(500), '<b>'];
    for (const node of nodes) {
      await files.append(note(node, begin, 'first'));
      await files.append(note(node, begin + 40 * day, 'second'));
    }
    for (const node of nodes) {
      const read = await files.read(node);
      assert.deepEqual(
        read.map((entry) => [entry.node, entry.text]),
        [
          [node, 'second'],
          [node, 'first'],
        ],
      );
    }
    assert.equal((await readdir(folder.path)).length, nodes.length);
    assert.deepEqual(
      await readdir(join(folder.path, '..')).then((all) => all.filter((name) => name.startsWith('web'))),
      [],
    );
  });

  it('are for their user alone (R-S8)', async () => {
    await using folder = await tempFolder();
    const before = process.umask(0);
    try {
      await createNoteFiles(folder.path).append(note('n1', begin));
    } finally {
      process.umask(before);
    }
    const file = await fileOf(folder.path);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await stat(join(file, '..'))).mode & 0o777, 0o700);
  });

  it('outlive a line that was cut off, and lines of somebody else', async () => {
    await using folder = await tempFolder();
    const files = createNoteFiles(folder.path);
    await files.append(note('n1', begin, 'whole'));
    await files.append(note('n1', begin + 1, 'cut'));
    const file = await fileOf(folder.path);
    await truncate(file, (await stat(file)).size - 5);
    await files.append(note('n1', begin + 2, 'after'));
    await appendFile(file, '\n{"id":1}\nnonsense\n\0\n');
    await files.append(note('n1', begin + 3, 'last'));
    assert.deepEqual(
      (await files.read('n1')).map(({ text }) => text),
      ['last', 'after', 'whole'],
    );
  });

  it('go a month at a time, when they are too old or too many', async () => {
    await using folder = await tempFolder();
    const months = [0, 31, 62, 93].map((days) => begin + days * day);
    const write = async (files: ReturnType<typeof createNoteFiles>): Promise<void> => {
      for (const at of months) await files.append(note('n1', at));
      for (const [which, at] of months.entries()) {
        await utimes(await fileOf(folder.path, which), new Date(at), new Date(at));
      }
    };
    const now = begin + 100 * day;
    const old = createNoteFiles(folder.path);
    await write(old);
    await old.prune('n1', { keepMs: 50 * day, entries: 1000 }, now);
    assert.deepEqual(
      (await old.read('n1')).map(({ at }) => at),
      [months[3], months[2]],
    );
    const many = createNoteFiles(folder.path);
    await many.prune('n1', { keepMs: 1000 * day, entries: 1 }, now);
    assert.deepEqual(
      (await many.read('n1')).map(({ at }) => at),
      [months[3]],
    );
    assert.equal((await readFile(await fileOf(folder.path), 'utf8')).split('\n').filter(Boolean).length, 1);
  });
});
