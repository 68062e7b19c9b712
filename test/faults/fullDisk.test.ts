import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import { systemClock } from '../../engine/clock.ts';
import { createEngine } from '../../engine/engine.ts';
import { readEventLog } from '../../engine/history/eventLog.ts';
import { tempFolder } from '../engine/tempFolder.ts';
import { mountProblem, muster } from './muster.ts';
import { laterEngine, person } from './world.ts';

const why = mountProblem ? ` (${mountProblem})` : '';

/** A disk of its own, as long as the test runs. */
function smallDisk(folder: string, kilobytes: number): Disposable & { readonly path: string } {
  const path = join(folder, 'small');
  mkdirSync(path);
  const { status } = inShell(`mount -t tmpfs -o size=${kilobytes}k tmpfs '${path}'`);
  assert.equal(status, 0);
  return { path, [Symbol.dispose]: () => void inShell(`umount -l '${path}'`) };
}

function inShell(line: string): { status: number | null } {
  return spawnSync('sh', ['-c', line], { stdio: 'ignore' });
}

function writeNodes(folder: string, count: number): string {
  const names = Array.from({ length: count }, (_, at) => `n${at + 1}`);
  for (const name of names) mkdirSync(join(folder, name));
  const path = join(folder, 'nodes.inventory.yaml');
  const lines = names.map((name) => `  ${name}: { transport: local, cwd: ./${name} }\n`);
  writeFileSync(path, `version: 1\nnodes:\n${lines.join('')}`);
  return path;
}

/** Runs a command on all nodes; `meanwhile` is called when the first of them runs. */
async function runAll(
  client: EngineClient,
  { inventory, command, meanwhile }: { inventory: string; command: string; meanwhile: () => void },
): Promise<BatchState> {
  const preview = await client.plan({
    action: { type: 'command', command },
    selection: '*',
    sources: [{ type: 'muster', path: inventory }],
  });
  assert.ok(preview.ok, JSON.stringify(preview));
  let state: BatchState | undefined;
  let isFirst = true;
  const ended = new Promise<BatchState>((resolve) =>
    client.onEvents(({ events }) => {
      state = reduceAll(state, events);
      if (isFirst && events.some(runs)) meanwhile();
      isFirst &&= !events.some(runs);
      if (state && state.status !== 'running') resolve(state);
    }),
  );
  const started = await client.start({ plan: preview.value.plan });
  assert.ok(started.ok, JSON.stringify(started));
  return ended;
}

type Said = { readonly stdout: string; readonly truncated: boolean };

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

const runs = (event: LoggedEvent): boolean => event.type === 'phaseChanged' && event.phase === 'run';

describe(`faults: a history that can not be written${why}`, function () {
  before(function () {
    if (mountProblem) this.skip();
  });

  it('R-S2: results of a batch that fills the disk are shown and exported, told once, and saved when there is room', async () => {
    await using folder = await tempFolder();
    using disk = smallDisk(folder.path, 256);
    const inventory = writeNodes(folder.path, 20);
    const data = join(disk.path, 'data');
    const ballast = join(disk.path, 'ballast');
    const hasty = {
      ...systemClock,
      after: (ms: number, call: () => void) => systemClock.after(ms / 20, call),
    };
    const created = await createEngine({ dataDir: data, home: folder.path, clock: hasty });
    assert.ok(created.ok);
    const client = created.value.connect(person);
    const fill = (): void => void inShell(`head -c 1000000 /dev/zero >'${ballast}'`);
    const command =
      'while test ! -s ../small/ballast; do sleep 0.05; done; sleep 0.2; head -c 9000 /dev/zero | tr "\\0" x; test "${PWD##*/}" != n7';
    const state = await runAll(client, { inventory, command, meanwhile: fill });
    assert.deepEqual([state.status, state.counts.ok, state.counts.failed], ['partial', 19, 1]);
    assert.equal(
      state.notes.filter((note) => /can not be saved in .*: no space left on device/.test(note)).length,
      1,
      state.notes.join('\n'),
    );
    assert.deepEqual(await client.snapshot(state.id), { ok: true, value: state });
    const page = await client.history({});
    assert.deepEqual(
      [(await client.batches())[0]?.status, page.ok && page.value.batches[0]?.status],
      ['partial', 'partial'],
    );
    const path = join(folder.path, 'export.json');
    const exported = await client.exportBatch({ batch: state.id, format: 'json', path });
    assert.ok(exported.ok, JSON.stringify(exported));
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')).counts, { ok: 19, failed: 1 });
    const { executions } = JSON.parse(readFileSync(path, 'utf8'));
    const said: readonly Said[] = executions;
    assert.deepEqual(
      said.map(({ stdout }) => stdout.length),
      Array(20).fill(9000),
    );
    // What fits beside the file that fills the disk is saved.
    assert.ok(said.filter(({ truncated }) => truncated).length >= 15);
    const folderOfBatch = join(data, 'batches', state.id);
    const { events } = await readEventLog(join(folderOfBatch, 'events.jsonl'));
    assert.equal(events.at(-1)?.type, 'batchFinished', 'there was room left for the outcomes');
    const spool = join(folderOfBatch, 'output.spool');
    assert.ok(sizeOf(spool) < 180_000);
    rmSync(ballast);
    while (sizeOf(spool) < 180_000) await new Promise((resolve) => setTimeout(resolve, 20));
    await created.value.close();
    assert.deepEqual(readdirSync(folderOfBatch).toSorted(), ['events.jsonl', 'output.spool']);
    const later = await laterEngine(data);
    const read = await later.snapshot(state.id);
    assert.deepEqual(read.ok && [read.value.status, read.value.counts], [state.status, state.counts]);
    const output = await later.output({ batch: state.id, execution: 'e20', from: 0, limit: 10_000 });
    assert.equal(output.ok && output.value.chunks.map(({ text }) => text).join(''), 'x'.repeat(9000));
  });

  it('R-S2: a folder that can only be read is shown, and nothing starts that could not be written down', async () => {
    await using folder = await tempFolder();
    const inventory = writeNodes(folder.path, 1);
    const data = join(folder.path, 'data');
    mkdirSync(data);
    const named = ['-i', inventory, '--data', data];
    await muster(['trust', '--yes', ...named]);
    assert.equal((await muster(['run', 'echo kept', '--on', '*', ...named])).code, 0);
    const under = onlyToRead(data);
    const listed = await muster(['batches', '--data', data, '--output', 'json'], { under });
    assert.equal(JSON.parse(listed.out).batches[0].status, 'succeeded', listed.err);
    const history = await muster(['history', 'list', '--data', data, '--json'], { under });
    assert.equal(JSON.parse(history.out).batches[0].status, 'succeeded', history.err);
    const dry = await muster(['run', 'true', '--on', '*', '--dry-run', ...named], { under });
    assert.equal(dry.code, 0, dry.err);
    const refused = await muster(['run', 'touch ran', '--on', '*', ...named], { under });
    assert.deepEqual([refused.code, /history in .* can not be written/.test(refused.err)], [74, true]);
    assert.equal(statSync(join(folder.path, 'n1', 'ran'), { throwIfNoEntry: false }), undefined);
  });
});

/** Words that run what follows while nothing can be written to a folder. */
function onlyToRead(folder: string): string[] {
  const lines = [`mount --bind '${folder}' '${folder}'`, `mount -o remount,ro,bind '${folder}'`, 'exec "$@"'];
  return ['unshare', '--mount', 'sh', '-c', lines.join(' && '), 'sh'];
}
