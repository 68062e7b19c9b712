import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { systemClock } from '../../../engine/clock.ts';
import { chunksOf } from '../../../engine/history/outputText.ts';
import { createOutputReader } from '../../../engine/history/readOutput.ts';
import { openSpool } from '../../../engine/history/spool.ts';
import { tempFolder } from '../tempFolder.ts';
import { createUnwrittenFiles } from '../../../engine/history/unwritten.ts';

const executions = ['e1', 'e2', 'e3'];
const options = (folder: string) => ({
  folder,
  executions,
  clock: systemClock,
  onError: assert.fail,
  unwritten: createUnwrittenFiles(),
});

const readOutput = createOutputReader();

describe('the output spool', () => {
  it('gives back every byte of every execution, whatever was written in between', async () => {
    const write = fc.record({
      execution: fc.constantFrom(...executions),
      stream: fc.constantFrom('stdout' as const, 'stderr' as const),
      bytes: fc.uint8Array({ maxLength: 40_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 20 }), async (writes) => {
        await using folder = await tempFolder();
        const spool = openSpool(options(folder.path));
        for (const { execution, stream, bytes } of writes) await spool.write(execution, stream, bytes);
        await spool.close();
        for (const execution of executions) {
          const wanted = writes.filter((each) => each.execution === execution);
          const page = await readOutput(folder.path, spool.extents(execution), {
            from: 0,
            limit: 10_000_000,
          });
          const bytes = page.pieces.map((each) => each.bytes);
          assert.deepEqual(Buffer.concat(bytes), Buffer.concat(wanted.map((each) => each.bytes)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gives pages to several readers at once, also while more is coming', async () => {
    await using folder = await tempFolder();
    const spool = openSpool(options(folder.path));
    const pages = async (): Promise<string> => {
      await spool.written('e1');
      let text = '';
      for (let from = 0; ;) {
        const page = await readOutput(folder.path, spool.extents('e1'), { from, limit: 70_000 });
        text += page.pieces.map((each) => Buffer.from(each.bytes).toString()).join('');
        if (page.next === page.total) return text;
        from = page.next;
      }
    };
    for (const letter of ['a', 'b', 'c']) {
      for (let at = 0; at < 20; at++) await spool.write('e1', 'stdout', Buffer.alloc(10_000, letter));
      const read = await Promise.all([pages(), pages(), pages()]);
      const wanted = ['a', 'b', 'c'].slice(0, ['a', 'b', 'c'].indexOf(letter) + 1);
      for (const text of read) assert.equal(text, wanted.map((each) => each.repeat(200_000)).join(''));
    }
    await spool.close();
  });

  it('moves an execution that says more than 64 KiB to a file of its own', async () => {
    await using folder = await tempFolder();
    const spool = openSpool(options(folder.path));
    await spool.write('e1', 'stdout', Buffer.alloc(1000, 'a'));
    for (let at = 0; at < 10; at++) await spool.write('e2', 'stdout', Buffer.alloc(10_000, 'b'));
    await spool.close();
    assert.deepEqual((await readdir(folder.path)).sort(), ['e2.out', 'output.spool']);
    assert.equal((await stat(join(folder.path, 'e2.out'))).mode & 0o777, 0o600);
    const page = await readOutput(folder.path, spool.extents('e2'), { from: -5, limit: 100 });
    assert.deepEqual(page, {
      from: 99_995,
      next: 100_000,
      total: 100_000,
      pieces: [{ stream: 'stdout', bytes: Buffer.from('bbbbb') }],
    });
  });

  it('holds a writer that is quicker than the disk', async () => {
    await using folder = await tempFolder();
    const spool = openSpool(options(folder.path));
    const held = spool.write('e1', 'stdout', Buffer.alloc(2_000_000));
    assert.ok(held instanceof Promise);
    await held;
    await spool.close();
  });

  it('reads pages that follow each other', async () => {
    await using folder = await tempFolder();
    const spool = openSpool(options(folder.path));
    await spool.write('e1', 'stdout', Buffer.from('one\n'));
    await spool.write('e1', 'stderr', Buffer.from('two\n'));
    await spool.written('e1');
    const first = await readOutput(folder.path, spool.extents('e1'), { from: 0, limit: 6 });
    assert.deepEqual(chunksOf(first.pieces), [
      { stream: 'stdout', text: 'one\n' },
      { stream: 'stderr', text: 'tw' },
    ]);
    const second = await readOutput(folder.path, spool.extents('e1'), { from: first.next, limit: 6 });
    assert.deepEqual(chunksOf(second.pieces), [{ stream: 'stderr', text: 'o\n' }]);
    await spool.close();
  });

  it('keeps the beginning and the end of what is longer than it may be, and says how much is not kept', async () => {
    await using folder = await tempFolder();
    const limits = { perExecution: 100_000, perBatch: 150_000 };
    const spool = openSpool({ ...options(folder.path), limits });
    const numbers = Array.from({ length: 40_000 }, (_, at) => `${at}\n`.padStart(7, '0')).join('');
    const readAll = async (execution: string): Promise<string> => {
      const part = await readOutput(folder.path, spool.extents(execution), { from: 0, limit: 1_000_000 });
      return Buffer.concat(part.pieces.map((each) => each.bytes)).toString();
    };
    for (let from = 0; from < numbers.length; from += 10_000) {
      await spool.write('e1', 'stdout', Buffer.from(numbers.slice(from, from + 10_000)));
    }
    await spool.write('e2', 'stdout', Buffer.alloc(60_000, 'b'));
    await spool.write('e3', 'stdout', Buffer.from('short'));
    for (const execution of executions) await spool.settled(execution);
    assert.equal(await readAll('e1'), numbers.slice(0, 100_000) + numbers.slice(-65_536));
    assert.equal(spool.leftOut?.('e1'), numbers.length - 100_000 - 65_536);
    // The batch has no room for it, the end of an execution always has.
    assert.equal(await readAll('e2'), 'b'.repeat(60_000));
    assert.equal(spool.leftOut?.('e2'), 0);
    assert.equal(await readAll('e3'), 'short');
    await spool.close();
  });

  it('says once that the disk can not be written, and does not hold anybody up', async () => {
    const told: string[] = [];
    const spool = openSpool({ ...options('/nowhere/at/all'), onError: (message) => told.push(message) });
    await spool.write('e1', 'stdout', Buffer.alloc(2_000_000));
    await spool.write('e1', 'stdout', Buffer.alloc(2_000_000));
    await spool.close();
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /no such file or directory/);
  });

  it('lets those read what the disk did not take who share its unwritten files, and nobody else', async () => {
    const folder = '/nowhere/at/all';
    const unwritten = createUnwrittenFiles();
    const spool = openSpool({ ...options(folder), unwritten, onError: () => undefined });
    await spool.write('e1', 'stdout', Buffer.from('kept in memory'));
    await spool.close();
    const read = async (reader: typeof readOutput): Promise<string> => {
      const { pieces } = await reader(folder, spool.extents('e1'), { from: 0, limit: 100 });
      return Buffer.concat(pieces.map(({ bytes }) => bytes)).toString();
    };
    assert.equal(await read(createOutputReader(unwritten)), 'kept in memory');
    assert.equal(await read(createOutputReader()), '');
    spool.forget();
    assert.equal(await read(createOutputReader(unwritten)), '');
  });
});
