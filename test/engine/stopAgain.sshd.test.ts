import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent, RunEvent } from '../../core/run/events.ts';
import type { Target } from '../../core/run/plan.ts';
import { createEngine } from '../../engine/engine.ts';
import { planOf } from '../core/run/runPlan.ts';
import { createWorkspace } from '../cli/commandLine.ts';
import { tempFolder } from './tempFolder.ts';
import { isRunning } from './transports/processes.ts';
import { optionsFor } from './transports/session.ts';
import { sshdProblem, startSshd } from './transports/sshd.ts';

const batchId = '01J00000000000000000007F3K';

/** A process group that is left over, and how a batch would know it. */
async function leftOver() {
  const child = spawn('/bin/sh', ['-c', 'sleep 300 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = child.pid ?? 0;
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  const born = stat.replace(/^.*\) /s, '').split(' ')[19] ?? '';
  const pids = [pid, Number(line)];
  return {
    pid,
    born,
    running: () => pids.filter(isRunning),
    async [Symbol.asyncDispose]() {
      if (pids.some(isRunning)) process.kill(-pid, 'SIGKILL');
      await exited;
    },
  };
}

type Known = { pid: number; group?: boolean; born?: string };

/** The log of a batch whose engine died while this process ran. */
async function writeLog(dataDir: string, target: Target, known: Known): Promise<void> {
  const plan = { ...planOf(1), targets: [target] };
  const events: RunEvent[] = [
    { type: 'batchStarted', batch: batchId, user: 'me', plan },
    { type: 'executionStarted', execution: 'e1' },
    { type: 'phaseChanged', execution: 'e1', phase: 'run' },
    { type: 'processStarted', execution: 'e1', ...known },
    {
      type: 'executionFinished',
      execution: 'e1',
      outcome: { status: 'interrupted', remote: 'may-still-run' },
    },
    { type: 'batchFinished', end: 'interrupted' },
  ];
  const logged = events.map((event, at): LoggedEvent => ({ seq: at + 1, at: 1000 + at, ...event }));
  const folder = join(dataDir, 'batches', batchId);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'events.jsonl'), logged.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

const targetOf = (transport: string, options: Record<string, unknown>): Target => ({
  node: 'n1',
  transport,
  options,
  connectTimeoutMs: 5000,
  tags: [],
  vars: {},
});

async function withBatch(
  target: Target,
  known: Known,
  test: (client: EngineClient) => Promise<void>,
): Promise<void> {
  await using folder = await tempFolder();
  const dataDir = join(folder.path, 'data');
  await writeLog(dataDir, target, known);
  const created = await createEngine({ dataDir, home: folder.path });
  assert.ok(created.ok);
  const context = {
    trusted: true,
    localNodes: 'allowed',
    user: 'me',
    canPrompt: false,
    onClose: 'finish',
  } as const;
  try {
    await test(created.value.connect(context));
  } finally {
    await created.value.close();
  }
}

describe('stopping again what a batch may have left running', function () {
  const here = targetOf('local', { cwd: '/' });

  it('stops the process group and adds a report to the batch', async () => {
    await using left = await leftOver();
    await withBatch(here, { pid: left.pid, group: true, born: left.born }, async (client) => {
      const heard: string[] = [];
      client.onEvents(({ events }) => heard.push(...events.map(({ type }) => type)));
      const result = await client.stopAgain({ batch: batchId });
      assert.deepEqual(result, { ok: true, value: { stopped: ['n1'], running: [] } });
      assert.deepEqual([left.running(), heard], [[], ['stopReport']]);
      const state = await client.snapshot(batchId);
      assert.ok(state.ok);
      assert.deepEqual(state.value.stopReport, { stopped: ['n1'], running: [] });
      const [execution] = state.value.executions;
      assert.deepEqual(execution?.outcome, { status: 'interrupted', remote: 'may-still-run' });
      assert.ok(execution?.stoppedAt !== undefined);
      const page = await client.status({ batch: batchId });
      assert.ok(page.ok);
      const [row] = page.value.executions;
      assert.deepEqual(
        [row?.status, row?.remote, row?.message],
        ['interrupted', 'stopped', 'interrupted; stopped later, the process is gone'],
      );
      const again = await client.stopAgain({ batch: batchId });
      assert.ok(!again.ok && again.error.code === 'NOT_FOUND');
    });
  });

  it('stops it over ssh as well', async function () {
    if (sshdProblem) return this.skip();
    const sshd = await startSshd();
    await using left = await leftOver();
    const target = targetOf('ssh', optionsFor(sshd));
    await withBatch(target, { pid: left.pid, group: true, born: left.born }, async (client) => {
      const result = await client.stopAgain({ batch: batchId, node: 'n1' });
      assert.deepEqual(result, { ok: true, value: { stopped: ['n1'], running: [] } });
      assert.deepEqual(left.running(), []);
    });
    await sshd.stop();
  });

  it('leaves another process with the same number alone: ours is gone', async () => {
    await using left = await leftOver();
    await withBatch(here, { pid: left.pid, group: true, born: '1' }, async (client) => {
      const result = await client.stopAgain({ batch: batchId });
      assert.deepEqual(result, { ok: true, value: { stopped: ['n1'], running: [] } });
      assert.equal(left.running().length, 2);
    });
  });

  it('leaves a process alone of which nobody knows whether it is ours, and says so', async () => {
    await using left = await leftOver();
    await withBatch(here, { pid: left.pid, group: true }, async (client) => {
      const result = await client.stopAgain({ batch: batchId });
      assert.ok(result.ok);
      assert.match(result.value.running[0]?.message ?? '', /left alone/);
      assert.equal(left.running().length, 2);
      const state = await client.snapshot(batchId);
      assert.deepEqual(state.ok && state.value.stopReport, { stopped: [], running: ['n1'] });
    });
  });

  it('says why a node was not reached', async () => {
    await withBatch(
      targetOf('local', { cwd: '/no/such' }),
      { pid: 1, group: true, born: '1' },
      async (client) => {
        const result = await client.stopAgain({ batch: batchId });
        assert.ok(result.ok);
        assert.deepEqual(result.value.running, [{ node: 'n1', message: 'there is no folder /no/such' }]);
      },
    );
  });

  it('is there on the command line, by the end of the id', async () => {
    await using workspace = await createWorkspace();
    await using left = await leftOver();
    await writeLog(join(workspace.folder, 'data', 'muster'), here, {
      pid: left.pid,
      group: true,
      born: left.born,
    });
    const { code, out } = await workspace.muster(['stop', batchId.slice(-4).toLowerCase()]);
    assert.deepEqual([code, out, left.running()], [0, 'n1: stopped, gone\n', []]);
    assert.equal((await workspace.muster(['stop', 'zzzz'])).code, 64);
  });
});
