import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

const runs = (event: LoggedEvent): boolean => event.type === 'phaseChanged' && event.phase === 'run';

describe(`faults: a history that can not be written${why}`, function () {
  this.timeout(60_000);
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
      'while test ! -s ../small/ballast; do sleep 0.05; done; sleep 0.2; test "${PWD##*/}" != n7';
    const state = await runAll(client, { inventory, command, meanwhile: fill });
    assert.deepEqual([state.status, state.counts.ok, state.counts.failed], ['partial', 19, 1]);
    assert.equal(
      state.notes.filter((note) => /can not be saved: ENOSPC/.test(note)).length,
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
    const log = join(data, 'batches', state.id, 'events.jsonl');
    assert.ok(!(await readEventLog(log)).events.some(({ type }) => type === 'batchFinished'));
    rmSync(ballast);
    while (statSync(join(data, 'running', `${state.id}.json`), { throwIfNoEntry: false }))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await created.value.close();
    const later = await (await laterEngine(data)).snapshot(state.id);
    assert.deepEqual(later.ok && [later.value.status, later.value.counts], [state.status, state.counts]);
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
