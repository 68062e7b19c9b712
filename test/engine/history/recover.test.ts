import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../../core/protocol/client.ts';
import { systemClock } from '../../../engine/clock.ts';
import { createEngine } from '../../../engine/engine.ts';
import { batchFiles, type HistoryLayout, historyLayout } from '../../../engine/history/layout.ts';
import { openSpool } from '../../../engine/history/spool.ts';
import { context } from '../context.ts';
import { tempFolder } from '../tempFolder.ts';
import { idOf, type Ran, writeBatch } from './batches.ts';
import { createUnwrittenFiles } from '../../../engine/history/unwritten.ts';

const id = idOf(7);
const ok: Ran = { node: 'a', outcome: { status: 'ok' } };
const running: readonly Ran[] = [{ node: 'b' }, { node: 'c' }];

type Left = { readonly layout: HistoryLayout; open(): Promise<EngineClient> };

/** The history of a process that died with a batch of three nodes, of which one had ended. */
async function withWreck(test: (left: Left) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const layout = historyLayout(folder.path);
  mkdirSync(layout.running, { recursive: true });
  writeBatch(layout, { id, at: 1_000_000, ran: [ok, ...running] });
  const engines: { close(): Promise<void> }[] = [];
  await test({
    layout,
    async open() {
      const created = await createEngine({ dataDir: folder.path, home: folder.path });
      assert.ok(created.ok);
      engines.push(created.value);
      return created.value.connect(context);
    },
  });
  for (const engine of engines) await engine.close();
}

async function textOf(client: EngineClient, execution: string): Promise<string> {
  const page = await client.output({ batch: id, execution, from: 0, limit: 1_000_000 });
  assert.ok(page.ok, JSON.stringify(page));
  return page.value.chunks.map(({ stream, text }) => `${stream}: ${text}`).join('');
}

describe('R-S1: what a dead process left', () => {
  it('has the output that had come of what had not ended, up to where it was torn', () =>
    withWreck(async ({ layout, open }) => {
      const { folder } = batchFiles(layout, id);
      const executions = ['e0', 'e1', 'e2'];
      const spool = openSpool({
        folder,
        executions,
        clock: systemClock,
        onError: assert.fail,
        unwritten: createUnwrittenFiles(),
      });
      const write = async (execution: string, stream: 'stdout' | 'stderr', text: string): Promise<void> => {
        await spool.write(execution, stream, Buffer.from(text));
        await spool.written(execution);
      };
      await write('e1', 'stdout', 'one\n');
      await write('e1', 'stderr', 'two\n');
      await write('e2', 'stdout', 'x'.repeat(60_000));
      await write('e2', 'stdout', 'y'.repeat(60_000));
      await write('e1', 'stdout', 'three, and no more');
      await spool.close();
      const shared = join(folder, 'output.spool');
      truncateSync(shared, statSync(shared).size - ', and no more'.length);
      const client = await open();
      assert.equal(await textOf(client, 'e1'), 'stdout: one\nstderr: two\nstdout: three');
      assert.equal(await textOf(client, 'e2'), `stdout: ${'x'.repeat(60_000)}${'y'.repeat(60_000)}`);
      const state = await client.snapshot(id);
      const [, first] = state.ok ? state.value.executions : [];
      assert.deepEqual([first?.status, first?.stdoutBytes, first?.stderrBytes], ['interrupted', 9, 4]);
    }));

  it('ends for whoever looks, also where nothing says whose it was', () =>
    withWreck(async ({ layout, open }) => {
      const client = await open();
      // It came after this engine had started.
      const late = idOf(8);
      writeBatch(layout, { id: late, at: 2_000_000, ran: [ok, ...running] });
      const [newest] = await client.batches();
      assert.deepEqual([newest?.id, newest?.status, newest?.completed], [late, 'interrupted', 3]);
      const state = await client.snapshot(late);
      assert.deepEqual(state.ok && [state.value.counts.ok, state.value.counts.interrupted], [1, 2]);
      assert.match(readFileSync(batchFiles(layout, late).events, 'utf8'), /"end":"interrupted"\}\n$/);
      assert.deepEqual(await readdir(layout.running), []);
    }));

  it('keeps what stands after a damaged line, and is cut behind its last whole one', () =>
    withWreck(async ({ layout, open }) => {
      const { events } = batchFiles(layout, id);
      const lines = readFileSync(events, 'utf8').split(/(?<=\n)/);
      const [begun = '', started = '', ...rest] = lines;
      writeFileSync(events, [begun, `\0\0${started.slice(2)}`, ...rest, '{"seq":99,"at'].join(''));
      const client = await open();
      const state = await client.snapshot(id);
      assert.deepEqual(state.ok && [state.value.status, state.value.counts.ok], ['interrupted', 1]);
      assert.doesNotMatch(readFileSync(events, 'utf8'), /"seq":99/);
    }));

  it('R-S9: ends no earlier than it began, also where the clock has been put back', () =>
    withWreck(async ({ layout, open }) => {
      const later = idOf(9);
      const future = Date.now() + 86_400_000;
      writeBatch(layout, { id: later, at: future, ran: running });
      const client = await open();
      const state = await client.snapshot(later);
      assert.ok(state.ok);
      assert.ok((state.value.endedAt ?? 0) >= future);
      for (const { endedAt } of state.value.executions) assert.ok((endedAt ?? 0) >= future);
    }));

  it('is ended once by many that look at the same time', () =>
    withWreck(async ({ layout, open }) => {
      const clients = await Promise.all([open(), open(), open()]);
      await Promise.all(clients.map((client) => client.batches()));
      const text = readFileSync(batchFiles(layout, id).events, 'utf8');
      assert.equal(text.match(/batchFinished/g)?.length, 1);
    }));
});
