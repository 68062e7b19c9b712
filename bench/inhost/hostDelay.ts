import { writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { MusterApi } from '../../extension/api.ts';

/** What the bench asks for, as JSON in the environment of the extension host. */
export type HostDelayJob = {
  command: string;
  concurrency: number;
  /** File that takes the report. */
  report: string;
};

/** Milliseconds between two looks at the clock: what the timer itself waits is part of every figure. */
const resolutionMs = 10;
const settleMs = 8000;
const idleMs = 10_000;
const longestBatchMs = 240_000;

/** Event-loop delay in milliseconds, the timer's own 10 ms included. */
export type Delay = { p50: number; p99: number; max: number; samples: number };

export type HostDelayReport = {
  nodes: number;
  status: string;
  /** Bytes of output that the nodes sent. */
  outputBytes: number;
  seconds: number;
  idle: Delay;
  running: Delay;
};

/** Called by VS Code inside the extension host: measures it idle, then while a batch runs in an open panel. */
export async function run(): Promise<void> {
  const job = JSON.parse(process.env['MUSTER_BENCH_JOB'] ?? '') as HostDelayJob;
  const extension = vscode.extensions.getExtension<MusterApi>('muster.muster');
  if (!extension) throw new Error('The extension is not there.');
  const api = await extension.activate();
  const engine = await api.engine();
  const { nodes } = await api.inventory();
  await vscode.commands.executeCommand('muster.inventory.focus');
  await sleep(settleMs);

  const [idle] = await delayWhile(() => sleep(idleMs));
  const startedAt = performance.now();
  const [running, ended] = await delayWhile(async () => {
    api.tick(nodes.map(({ name }) => name));
    const batch = await startBatch(engine, job);
    await vscode.commands.executeCommand('muster.openBatch', batch);
    return endOf(engine, batch);
  });
  const report: HostDelayReport = {
    nodes: nodes.length,
    status: ended.status,
    outputBytes: ended.executions.reduce((sum, each) => sum + each.stdoutBytes, 0),
    seconds: (performance.now() - startedAt) / 1000,
    idle,
    running,
  };
  await writeFile(job.report, JSON.stringify(report));
}

async function delayWhile<T>(task: () => Promise<T>): Promise<[Delay, T]> {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const value = await task();
  histogram.disable();
  const delay = {
    p50: histogram.percentile(50) / 1e6,
    p99: histogram.percentile(99) / 1e6,
    max: histogram.max / 1e6,
    samples: histogram.count,
  };
  return [delay, value];
}

async function startBatch(engine: EngineClient, { command, concurrency }: HostDelayJob): Promise<string> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open.');
  const path = vscode.Uri.joinPath(folder.uri, '.muster', 'inventory.yaml').fsPath;
  const planned = await engine.plan({
    action: { type: 'command', command },
    selection: 'all',
    sources: [{ type: 'muster', path }],
    strategy: { mode: 'parallel', concurrency, stopOnFailure: false },
  });
  if (!planned.ok) throw new Error(planned.error.message);
  const started = await engine.start({ plan: planned.value.plan });
  if (!started.ok) throw new Error(started.error.message);
  return started.value.batch;
}

/** Waits for the end as a client does, by events: asking for the state would add work of our own. */
async function endOf(engine: EngineClient, batch: string): Promise<BatchState> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The batch did not end in time.')), longestBatchMs);
    const listening = engine.onEvents((news) => {
      if (news.batch !== batch || !news.events.some((event) => event.type === 'batchFinished')) return;
      clearTimeout(timer);
      listening.dispose();
      resolve();
    });
  });
  const state = await engine.snapshot(batch);
  if (!state.ok) throw new Error(state.error.message);
  return state.value;
}
