import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BatchState } from '../../core/run/state.ts';
import { type AttachedEngine, attachEngine } from '../../engine/client.ts';
import { muster } from '../faults/muster.ts';
import { context } from './context.ts';
import { tempFolder } from './tempFolder.ts';

const enginePath = fileURLToPath(new URL('../../engine/main.ts', import.meta.url));
type World = { folder: string; attach(): Promise<AttachedEngine> };

/** Folders of its own for an engine process, which is ended with the test. */
async function withProcess(test: (world: World) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  await writeFile(
    join(folder.path, 'inventory.yaml'),
    'version: 1\nnodes: { here: { transport: local, cwd: . } }\n',
  );
  const pids = new Set<number>();
  const attach = async (): Promise<AttachedEngine> => {
    const attached = await attachEngine({
      context,
      enginePath,
      version: '0.0.0-test',
      dataDir: join(folder.path, 'data'),
      runtimeDir: join(folder.path, 'run'),
      env: { ...process.env, MUSTER_ENGINE_IDLE_MS: '300' },
    });
    assert.ok(attached.ok, attached.ok ? '' : attached.error.message);
    pids.add(attached.value.pid);
    return attached.value;
  };
  try {
    await test({ folder: folder.path, attach });
  } finally {
    for (const pid of pids) endProcess(pid, 'SIGKILL');
  }
}

function endProcess(pid: number, signal: 'SIGKILL' | 'SIGTERM'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Settles when the process is gone; the test's own time limit bounds the wait. */
async function ended(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function start(engine: AttachedEngine, folder: string, command: string): Promise<string> {
  const preview = await engine.plan({
    action: { type: 'command', command },
    selection: 'here',
    sources: [{ type: 'muster', path: join(folder, 'inventory.yaml') }],
  });
  assert.ok(preview.ok);
  const started = await engine.start({ plan: preview.value.plan });
  assert.ok(started.ok);
  return started.value.batch;
}

function announced(engine: AttachedEngine, type: string): Promise<void> {
  return new Promise((resolve) => {
    const listening = engine.onEvents(({ events }) => {
      if (!events.some((event) => event.type === type)) return;
      listening.dispose();
      resolve();
    });
  });
}

async function snapshot(engine: AttachedEngine, batch: string): Promise<BatchState> {
  const state = await engine.snapshot(batch);
  assert.ok(state.ok);
  return state.value;
}

describe('the engine process', function () {
  it('goes on with a batch when its window is gone, and shows it to the next', () =>
    withProcess(async ({ folder, attach }) => {
      const first = await attach();
      const gate = join(folder, 'gate');
      const batch = await start(first, folder, `until [ -e ${gate} ]; do sleep 0.05; done; echo done`);
      first.dispose();
      const second = await attach();
      assert.equal(second.pid, first.pid);
      assert.equal((await snapshot(second, batch)).status, 'running');
      const end = announced(second, 'batchFinished');
      await writeFile(gate, '');
      await end;
      assert.equal((await snapshot(second, batch)).executions[0]?.lastLine, 'done');
    }));

  it('shows two windows the same batches', () =>
    withProcess(async ({ folder, attach }) => {
      const [one, two] = [await attach(), await attach()];
      const seen = announced(two, 'batchFinished');
      const batch = await start(one, folder, 'true');
      await seen;
      assert.deepEqual(await snapshot(one, batch), await snapshot(two, batch));
    }));

  it('shows a batch of a command line while it runs, has it cancelled there, and leaves it alone at its own end', () =>
    withProcess(async ({ folder, attach }) => {
      const engine = await attach();
      const named = ['-i', join(folder, 'inventory.yaml'), '--data', join(folder, 'data')];
      await muster(['trust', '--yes', ...named]);
      let batch = '';
      const running = new Promise<void>((resolve) =>
        engine.onEvents((news) => {
          ({ batch } = news);
          if (news.events.some(({ type }) => type === 'processStarted')) resolve();
        }),
      );
      const line = muster(['run', 'echo begun; sleep 60', '--on', 'here', ...named]);
      await running;
      assert.equal((await snapshot(engine, batch)).status, 'running');
      // An engine that ends, or is gone, is nothing to a batch that is not its own.
      endProcess(engine.pid, 'SIGKILL');
      const next = await attach();
      assert.equal((await next.batches())[0]?.status, 'running');
      assert.deepEqual(await next.cancel({ batch, which: 'all' }), { ok: true, value: null });
      const { code, out } = await line;
      assert.deepEqual([code, /Cancelled: 0 of 1 ok, 1 cancelled/.test(out)], [130, true], out);
      assert.equal((await snapshot(next, batch)).status, 'cancelled');
    }));

  it('is missed when it is killed, and the next one has its batches as interrupted', () =>
    withProcess(async ({ folder, attach }) => {
      const engine = await attach();
      const finished = await start(engine, folder, 'echo kept');
      await announced(engine, 'batchFinished');
      const running = announced(engine, 'processStarted');
      const batch = await start(engine, folder, 'sleep 30');
      await running;
      const gone = new Promise<string>((resolve) => engine.onGone(resolve));
      endProcess(engine.pid, 'SIGKILL');
      assert.match(await gone, /engine ended/);
      const next = await attach();
      assert.notEqual(next.pid, engine.pid);
      const state = await snapshot(next, batch);
      assert.equal(state.status, 'interrupted');
      assert.deepEqual(state.executions[0]?.outcome, { status: 'interrupted', remote: 'may-still-run' });
      endProcess(-(state.executions[0]?.pid ?? 0), 'SIGKILL');
      assert.equal((await snapshot(next, finished)).status, 'succeeded');
    }));

  it('cancels what runs, with proof, when it is asked to end', () =>
    withProcess(async ({ folder, attach }) => {
      const engine = await attach();
      const running = announced(engine, 'processStarted');
      const batch = await start(engine, folder, 'sleep 30');
      await running;
      const gone = new Promise<string>((resolve) => engine.onGone(resolve));
      endProcess(engine.pid, 'SIGTERM');
      await gone;
      const state = await snapshot(await attach(), batch);
      assert.equal(state.status, 'cancelled');
      assert.deepEqual(state.stopReport, { stopped: ['here'], running: [] });
    }));

  it('ends by itself when nobody is there and nothing runs', () =>
    withProcess(async ({ folder, attach }) => {
      const engine = await attach();
      const other = await attach();
      other.dispose();
      engine.dispose();
      await ended(engine.pid);
      assert.ok(!(await readdir(join(folder, 'run'))).some((name) => name.endsWith('.token')));
    }));

  it('does not answer somebody without the token, and keeps its folder private', () =>
    withProcess(async ({ folder, attach }) => {
      await attach();
      const run = join(folder, 'run');
      const files = await readdir(run);
      const token = files.find((name) => name.endsWith('.token')) ?? '';
      assert.equal((await stat(run)).mode & 0o777, 0o700);
      assert.equal((await stat(join(run, token))).mode & 0o777, 0o600);
      const good = await readFile(join(run, token), 'utf8');
      await writeFile(join(run, token), 'x'.repeat(good.length));
      const refused = await attachEngine({
        context,
        enginePath: '/nowhere/engine.js',
        version: '0.0.0-test',
        dataDir: join(folder, 'data'),
        runtimeDir: run,
      });
      assert.equal(refused.ok ? '' : refused.error.code, 'ENGINE_GONE');
    }));
});
