// How free the extension host stays while 1000 nodes talk: its event-loop delay, idle and during a batch that
// is shown in an open panel, inside a real VS Code workbench. docs/benchmarks.md.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { endEngines } from '../test/harness/engines.ts';
import { findChromium, noChromium } from '../test/harness/chromium.ts';
import { runInHost } from '../test/harness/inHost.ts';
import { installWorkbench } from '../test/harness/install.ts';
import { startWorkbench } from '../test/harness/workbench.ts';
import { writeClientFiles } from './farm/farm.mjs';
import { startLight } from './farm/light.mjs';
import { isIsolated, isolate } from './lib/namespace.mjs';

/** @typedef {import('./inhost/hostDelay.ts').HostDelayReport} Report */

const root = fileURLToPath(new URL('..', import.meta.url));
const farmPort = 2223;
/** Milliseconds of delay that 99 of 100 looks at the clock may show at most, the timer's own 10 ms included. */
const targetMs = 20;
const longestRunMs = 420_000;

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '100' },
    command: { type: 'string', default: 'for i in 1 2 3 4 5 6; do seq 1 200; sleep 0.5; done' },
    json: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();
// VS Code's server and Chromium are gone; a socket that is still closing must not hold us.
process.exit();

/** @returns {Promise<number>} 0, 1 where the batch did not end well, or 69 where something needed is missing */
async function main() {
  if (!isIsolated()) {
    if (!findChromium()) return fail(noChromium);
    await installWorkbench();
  }
  return (await isolate()) ?? bench();
}

async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const servers = await startFarm(folder);
  try {
    const report = await measure(folder);
    console.log(values.json ? JSON.stringify(report, undefined, 2) : table(report));
    return report.status === 'succeeded' ? 0 : 1;
  } finally {
    servers.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Starts the nodes and lays out a workspace that has them in its inventory. @param {string} folder */
async function startFarm(folder) {
  const servers = await startLight(folder, { nodes: Number(values.nodes), port: farmPort });
  const files = writeClientFiles(folder, servers);
  mkdirSync(join(folder, 'workspace', '.muster'), { recursive: true });
  renameSync(files.inventory, join(folder, 'workspace', '.muster', 'inventory.yaml'));
  return servers;
}

/**
 * @param {string} folder
 * @returns {Promise<Report>}
 */
async function measure(folder) {
  const report = join(folder, 'report.json');
  const job = { command: values.command, concurrency: Number(values.concurrency), report };
  const own = { XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: join(folder, 'run') };
  for (const path of Object.values(own)) mkdirSync(path, { mode: 0o700 });
  const tests = await bundle(folder);
  const workbench = await startWorkbench({
    dataDir: join(folder, 'vscode'),
    testDriver: 'on',
    env: { ...own, MUSTER_BENCH_JOB: JSON.stringify(job) },
  });
  try {
    const run = { folder: join(folder, 'workspace'), extension: root, tests, timeoutMs: longestRunMs };
    const code = await runInHost(workbench, run);
    if (code !== 0) throw new Error(`The extension host ended with ${code}.`);
    return JSON.parse(readFileSync(report, 'utf8'));
  } finally {
    await workbench.stop();
    endEngines(workbench.logs);
  }
}

/** The extension host loads CommonJS. @param {string} folder */
async function bundle(folder) {
  const outfile = join(folder, 'inhost', 'hostDelay.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/inhost/hostDelay.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** @param {Report} report */
function table({ nodes, status, outputBytes, seconds, idle, running }) {
  const row = (/** @type {string} */ label, /** @type {Report['idle']} */ { p50, p99, max, samples }) =>
    [
      label.padEnd(8),
      ...[p50, p99, max].map((ms) => ms.toFixed(1).padStart(8)),
      `${samples}`.padStart(9),
    ].join('');
  const verdict = running.p99 < targetMs ? 'met' : 'NOT MET';
  return [
    `Event-loop delay of the extension host in ms; the timer's own 10 ms are part of it. Node ${process.versions.node}, ${availableParallelism()} cores.`,
    `Batch: ${nodes} nodes, ${values.concurrency} at once, each runs: ${values.command}`,
    `It ended ${status} after ${seconds.toFixed(1)} s with ${(outputBytes / 1e6).toFixed(1)} MB of output, in an open panel.`,
    '',
    '              p50     p99     max  samples',
    row('idle', idle),
    row('batch', running),
    '',
    `p99 while the batch runs: ${running.p99.toFixed(1)} ms, under ${targetMs} ms wanted: ${verdict}`,
  ].join('\n');
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  return 69;
}
