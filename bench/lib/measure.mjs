import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { endedChildrenCpuMs, memory, processTree } from './processes.mjs';

const sampleMs = 50;
const longestRunMs = 180_000;

/**
 * @typedef {{ file: string, args: string[], env?: Record<string, string> }} Launch
 * @typedef {{ wallMs: number, cpuMs: number }} Cost
 * @typedef {{ rssMb: number, pssMb: number }} Peak
 */

/**
 * Runs a client to its end. Throws with the end of its output where it did not exit with 0: a run in which
 * nodes failed measures nothing. CPU has the kernel's resolution of 10 ms and covers all processes below.
 * @param {Launch} launch
 * @param {string} log file that takes the client's output
 * @returns {Promise<Cost>}
 */
export async function timeRun(launch, log) {
  const cpuBefore = endedChildrenCpuMs();
  const started = performance.now();
  await run(launch, log);
  return { wallMs: performance.now() - started, cpuMs: endedChildrenCpuMs() - cpuBefore };
}

/**
 * The most memory that a client and all processes below it held at once, looked at every 50 ms. Looking costs
 * CPU, so this is a run of its own that is not timed.
 * @param {Launch} launch
 * @param {string} log
 * @returns {Promise<Peak>}
 */
export async function peakMemory(launch, log) {
  const peak = { rssMb: 0, pssMb: 0 };
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const look = (/** @type {number} */ root) => {
    const all = processTree(root).map(memory);
    const megabytes = (/** @type {'rssKb' | 'pssKb'} */ key) =>
      all.reduce((sum, each) => sum + each[key], 0) / 1024;
    peak.rssMb = Math.max(peak.rssMb, megabytes('rssKb'));
    peak.pssMb = Math.max(peak.pssMb, megabytes('pssKb'));
  };
  try {
    await run(launch, log, (pid) => {
      timer = setInterval(() => look(pid), sampleMs);
    });
  } finally {
    clearInterval(timer);
  }
  return peak;
}

/**
 * @param {Launch} launch
 * @param {string} log
 * @param {(pid: number) => void} [onStart]
 * @returns {Promise<void>}
 */
async function run({ file, args, env }, log, onStart) {
  const output = openSync(log, 'w');
  const child = spawn(file, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env },
    timeout: longestRunMs,
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  try {
    if (child.pid !== undefined) onStart?.(child.pid);
    /** @type {number | null} */
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', resolve);
    });
    if (code !== 0) throw new Error(`${file} ${args.join(' ')}\nended with ${code}:\n${lastLines(log)}`);
  } finally {
    process.off('exit', stop);
    closeSync(output);
  }
}

/** @param {string} log */
function lastLines(log) {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
