import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { AttachedEngine } from '../../engine/client.ts';
import { api, demoSources, eventually, secondWindow, tabTitles } from './window.ts';

describe('a batch in a window', () => {
  let other: AttachedEngine;
  before(async () => {
    other = await secondWindow();
  });
  after(() => other.dispose());

  it('reads the inventory of the folder through the engine', async () => {
    const inventory = await (await api()).inventory();
    assert.deepEqual(inventory.problems, []);
    assert.deepEqual(
      inventory.groups.map(({ name }) => name),
      ['edge', 'api', 'web', 'site'],
    );
  });

  it('runs hostname on every demo node and shows in its tab how it ended', async () => {
    const batch = await startBatch(await (await api()).engine(), { command: 'hostname', selection: 'all' });
    await vscode.commands.executeCommand('muster.openBatch', batch);
    const ended = await eventually(() => stateOf(other, batch), hasEnded);
    assert.equal(ended.status, 'partial');
    assert.equal(ended.counts.ok, ended.executions.length - 1);
    assert.equal(ended.counts.unreachable, 1);
    for (const { status, node, lastLine } of ended.executions) {
      if (status === 'ok') assert.equal(lastLine, node);
    }
    await eventually(tabTitles, (titles) => titles.includes('1 failed · hostname'));
  });

  it('shows a batch of a second window, and cancels it with proof', async () => {
    const batch = await startBatch(other, { command: 'sleep 300', selection: 'api01, web01' });
    await vscode.commands.executeCommand('muster.openBatch', batch);
    await eventually(
      () => stateOf(other, batch),
      (state) => state.counts.running === 2,
    );
    await eventually(tabTitles, (titles) => titles.includes('0/2 · sleep 300'));
    await vscode.commands.executeCommand('muster.cancelBatch', batch);
    const ended = await eventually(() => stateOf(other, batch), hasEnded);
    assert.equal(ended.status, 'cancelled');
    assert.deepEqual(
      ended.executions.map(({ outcome }) => outcome),
      [
        { status: 'cancelled', remote: 'stopped' },
        { status: 'cancelled', remote: 'stopped' },
      ],
    );
    await eventually(tabTitles, (titles) =>
      titles.some((title) => title.startsWith('cancelled · sleep 300')),
    );
  });

  it('keeps what a batch printed for whoever asks later', async () => {
    const batch = await startBatch(other, { command: 'seq 1 2000; echo oops >&2', selection: 'api01' });
    const ended = await eventually(() => stateOf(other, batch), hasEnded);
    const execution = ended.executions[0]?.id ?? '';
    const page = await other.output({ batch, execution, from: 0, limit: 1_048_576 });
    assert.ok(page.ok);
    const stdout = page.value.chunks.filter(({ stream }) => stream === 'stdout').map(({ text }) => text);
    assert.equal(stdout.join('').trim().split('\n').length, 2000);
    const stderr = page.value.chunks.filter(({ stream }) => stream === 'stderr').map(({ text }) => text);
    assert.equal(stderr.join(''), 'oops\n');
  });

  it('is interrupted when its engine is killed, and the next engine says so', async () => {
    const batch = await startBatch(other, { command: 'sleep 300', selection: 'api01' });
    await vscode.commands.executeCommand('muster.openBatch', batch);
    await eventually(
      () => stateOf(other, batch),
      (state) => state.counts.running === 1,
    );
    process.kill(other.pid, 'SIGKILL');
    await eventually(tabTitles, (titles) =>
      titles.some((title) => title.startsWith('interrupted · sleep 300')),
    );
    other = await secondWindow();
    const ended = await stateOf(other, batch);
    assert.equal(ended?.status, 'interrupted');
    assert.equal(ended?.counts.interrupted, 1);
  });
});

async function startBatch(
  engine: EngineClient,
  { command, selection }: { command: string; selection: string },
): Promise<string> {
  const sources = [...demoSources()];
  const planned = await engine.plan({ action: { type: 'command', command }, selection, sources });
  assert.ok(planned.ok, JSON.stringify(planned));
  const started = await engine.start({ plan: planned.value.plan });
  assert.ok(started.ok, JSON.stringify(started));
  return started.value.batch;
}

async function stateOf(engine: EngineClient, batch: string): Promise<BatchState> {
  const state = await engine.snapshot(batch);
  assert.ok(state.ok, JSON.stringify(state));
  return state.value;
}

function hasEnded(state: BatchState): boolean {
  return state.status !== 'running';
}
