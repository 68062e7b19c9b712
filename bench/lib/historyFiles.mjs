import { mkdirSync, writeFileSync } from 'node:fs';
import { writeFrameHead } from '../../engine/history/frame.ts';
import { batchFiles } from '../../engine/history/layout.ts';

/** @typedef {import('../../core/run/events.ts').LoggedEvent} LoggedEvent */
/** @typedef {import('../../engine/history/layout.ts').HistoryLayout} HistoryLayout */

const words =
  'load average up days users active running failed service nginx kernel disk usage mount ext4 swap';
const nodes = 500;
const minuteMs = 60_000;

/** @param {number} n */
export function idOf(n) {
  return `01JD${String(n).padStart(22, '0')}`;
}

/**
 * The events of a batch on so many nodes, as an engine writes them: eight for each.
 * @param {number} n
 * @param {number} count
 * @returns {LoggedEvent[]}
 */
export function eventsOf(n, count) {
  const ran = Array.from({ length: count }, (_, at) => `web${(n * 7 + at) % nodes}.example.com`);
  const action = /** @type {const} */ ({ type: 'command', command: `check ${n % 50}` });
  /** @type {import('../../core/run/plan.ts').Plan} */
  const plan = {
    version: 1,
    request: { action, selection: 'tag:prod', sources: [] },
    action,
    targets: ran.map((node, at) => ({
      node,
      transport: 'ssh',
      options: { host: '10.0.0.1', port: 22, user: 'deploy', auth: ['agent'], via: [] },
      connectTimeoutMs: 30_000,
      tags: ['prod', `rack${at % 10}`],
      vars: {},
    })),
    executions: ran.map((node, at) => ({ id: `e${at}`, node })),
    strategy: { mode: 'parallel', concurrency: 10, stopOnFailure: false },
    limits: { timeoutMs: 300_000, connectTimeoutMs: 30_000 },
    hash: 'h',
  };
  const events = [
    { type: 'batchStarted', batch: idOf(n), user: n % 3 === 0 ? 'grace' : 'ada', plan },
    ...ran.flatMap((_, at) => eventsOfExecution(`e${at}`, at % 19 === 7)),
    { type: 'batchFinished', end: 'partial' },
  ];
  const start = 1_700_000_000_000 + n * minuteMs;
  return events.map((event, at) => /** @type {LoggedEvent} */ ({ seq: at + 1, at: start + at, ...event }));
}

/**
 * @param {string} execution
 * @param {boolean} fails
 */
function eventsOfExecution(execution, fails) {
  const counters = { stdoutBytes: 200, stderrBytes: 0, lastLine: 'number' };
  const failed = { status: 'failed', step: 'command', message: 'exit 3', exitCode: 3 };
  return [
    { type: 'executionStarted', execution },
    { type: 'phaseChanged', execution, phase: 'tcp' },
    { type: 'phaseChanged', execution, phase: 'auth' },
    { type: 'connected', execution, connection: { transport: 'ssh', host: '10.0.0.1', via: [] } },
    { type: 'phaseChanged', execution, phase: 'run' },
    { type: 'outputProgress', execution, ...counters },
    { type: 'stepFinished', execution, ...counters, exitCode: fails ? 3 : 0, signal: null, extents: [] },
    { type: 'executionFinished', execution, outcome: fails ? failed : { status: 'ok' } },
  ];
}

/**
 * Puts a batch on disk, with some 200 bytes of output of each node.
 * @param {HistoryLayout} layout
 * @param {number} n
 * @param {number} count
 */
export function writeBatch(layout, n, count) {
  const files = batchFiles(layout, idOf(n));
  mkdirSync(files.folder, { mode: 0o700 });
  const lines = eventsOf(n, count).map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(files.events, lines.join(''));
  const list = words.split(' ');
  const frames = Array.from({ length: count }, (_, at) => {
    const said = Array.from(
      { length: 30 },
      (_word, place) => list[(n * 31 + at * 17 + place * 7) % list.length],
    );
    const bytes = Buffer.from(`${said.join(' ')}\nnumber ${n}-${at}\n`);
    const head = /** @type {const} */ ({ stream: 'stdout', attempt: 1, step: 1 });
    return [writeFrameHead({ ...head, execution: at, length: bytes.length, time: 0 }), bytes];
  });
  writeFileSync(files.spool, Buffer.concat(frames.flat()));
}
