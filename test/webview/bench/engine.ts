// Plays the engine of a batch whose nodes all talk: events go out once for each turn of the loop, as the engine does it.
import { parentPort, workerData } from 'node:worker_threads';
import type { LoggedEvent, RunEvent } from '../../../core/run/events.ts';
import type { Outcome } from '../../../core/run/outcome.ts';
import { trackProgress } from '../../../core/run/progress.ts';
import { systemClock } from '../../../engine/clock.ts';
import { linesPerSecond, talkMs } from './load.ts';

const { nodes }: { nodes: number } = workerData;
const ids = Array.from({ length: nodes }, (_, at) => `e${at}`);
let seq = 0;
let pending: LoggedEvent[] = [];
const note = (event: RunEvent): void => {
  if (pending.length === 0) setImmediate(flush);
  pending.push({ ...event, seq: ++seq, at: Date.now() });
};
function flush(): void {
  const events = pending;
  pending = [];
  if (events.length > 0) parentPort?.postMessage(events);
}

const action = { type: 'command' as const, command: 'journalctl -f' };
note({
  type: 'batchStarted',
  batch: 'b',
  user: 'ann',
  plan: {
    version: 1,
    request: { action, selection: 'all', sources: [] },
    action,
    targets: [],
    executions: ids.map((id, at) => ({ id, node: `web${String(at + 1).padStart(4, '0')}` })),
    strategy: { mode: 'parallel', concurrency: nodes, stopOnFailure: false },
    limits: { timeoutMs: 60_000, connectTimeoutMs: 30_000 },
    hash: '',
  },
});
for (const execution of ids) {
  note({ type: 'executionStarted', execution });
  note({ type: 'phaseChanged', execution, phase: 'run' });
}
const talks = ids.map((execution) =>
  trackProgress(systemClock, (counters) => note({ type: 'outputProgress', execution, ...counters })),
);
const began = Date.now();
let said = 0;
const timer = setInterval(() => {
  const due = Math.floor(((Date.now() - began) / 1000) * linesPerSecond);
  for (; said < due; said++) {
    const line = Buffer.from(`${new Date().toISOString()} request ${said} answered in ${said % 97} ms\n`);
    for (const talk of talks) talk.add('stdout', line);
  }
  if (Date.now() - began >= talkMs) finish();
}, 20);

function finish(): void {
  clearInterval(timer);
  for (const [at, execution] of ids.entries()) {
    const failed = at % 13 === 5;
    const exitCode = failed ? 3 : 0;
    const counters = talks[at]?.counters() ?? { stdoutBytes: 0, stderrBytes: 0, lastLine: '' };
    talks[at]?.dispose();
    note({ type: 'stepFinished', execution, ...counters, exitCode, signal: null, extents: [] });
    const outcome: Outcome = failed
      ? { status: 'failed', step: 'run', message: 'exit 3', exitCode }
      : { status: 'ok' };
    note({ type: 'executionFinished', execution, outcome });
  }
  note({ type: 'batchFinished', end: 'partial' });
}
