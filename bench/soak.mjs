// Whether an engine that stays up stays small: the same batch on 1000 nodes of the light farm, again and again, in one
// engine. Memory, file descriptors and listeners after each batch, and whether they are flat. docs/benchmarks.md.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEngine } from '../engine/engine.ts';
import { writeClientFiles } from './farm/farm.mjs';
import { startLight } from './farm/light.mjs';
import { isolate } from './lib/namespace.mjs';
import { median } from './lib/stats.mjs';

/**
 * @typedef {{ wallS: number, ok: number, rssMb: number, heapMb: number, descriptors: number, timers: number,
 *   warnings: number }} Sample
 * @typedef {import('../core/protocol/client.ts').EngineClient} EngineClient
 */

const text = /** @type {const} */ ({ type: 'string' });
const { values: flags } = parseArgs({
  options: { nodes: text, batches: text, concurrency: text, command: text, json: { type: 'boolean' } },
});
const nodes = Number(flags.nodes ?? 1000);
const batches = Number(flags.batches ?? 20);
const concurrency = Number(flags.concurrency ?? 50);
const command = flags.command ?? 'seq 1 40';

/** Growth from the fifth of the batches that follows the first three to the last fifth that is still called flat. */
const bounds = { rssMb: 0.1, heapMb: 0.1, descriptors: 0.02, timers: 0.02 };
const warmUp = 3;

const titles = ['batch', '  ok', 'wall s', 'RSS MB', 'heap MB', 'descriptors', 'timers', 'listener warnings'];

setFlagsFromString('--expose-gc');
/** Only what is left afterwards is really held. */
const collectGarbage = /** @type {() => void} */ (runInNewContext('gc'));

process.exitCode = await main();

/** @returns {Promise<number>} 0 where it is flat, 1 where it grows, 64 for wrong options, 69 where it can not run */
async function main() {
  const counts = [nodes, batches, concurrency];
  if (
    !counts.every((count) => Number.isInteger(count) && count > 0) ||
    nodes > 5000 ||
    batches < warmUp + 2
  ) {
    return fail(
      'Usage: node bench/soak.mjs [--nodes N] [--batches N] [--concurrency N] [--command C] [--json]',
      64,
    );
  }
  if (process.platform !== 'linux') return fail('This bench reads /proc and needs Linux.', 69);
  return (await isolate()) ?? soak();
}

async function soak() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-soak-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => process.exit(130));
  mkdirSync(join(folder, 'light'), { mode: 0o700 });
  const farm = await startLight(join(folder, 'light'), { nodes, port: 2223 });
  try {
    const { inventory } = writeClientFiles(folder, farm);
    if (!flags.json)
      console.log(
        `${command} on ${nodes} nodes (${farm.note}), ${concurrency} at once, Node ${process.version}\n\n${titles.join('  ')}`,
      );
    const samples = await runBatches({ inventory, dataDir: join(folder, 'data'), home: folder });
    const growths = growthsOf(samples);
    console.log(flags.json ? JSON.stringify({ samples, growths }, undefined, 2) : verdict(growths));
    return growths.every(({ isFlat }) => isFlat) ? 0 : 1;
  } finally {
    farm.stop();
  }
}

/**
 * @param {{ inventory: string, dataDir: string, home: string }} given
 * @returns {Promise<Sample[]>}
 */
async function runBatches({ inventory, dataDir, home }) {
  let warnings = 0;
  process.on('warning', ({ name }) => (warnings += name === 'MaxListenersExceededWarning' ? 1 : 0));
  const created = await createEngine({ dataDir, home });
  if (!created.ok) throw new Error(created.error.message);
  const engine = created.value;
  const client = engine.connect({
    trusted: true,
    localNodes: 'approved',
    user: 'soak',
    canPrompt: false,
    onClose: 'cancel',
  });
  /** @type {Sample[]} */
  const samples = [];
  for (let at = 0; at < batches; at++) {
    const started = performance.now();
    const ok = await runOnce(client, inventory);
    const wallS = (performance.now() - started) / 1000;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[Kbatch ${at + 1} of ${batches}: ${ok} ok`);
    // What belongs to the batch that has just ended goes within a turn or two of the loop.
    await new Promise((resolve) => setTimeout(resolve, 300));
    collectGarbage();
    const sample = { wallS, ok, ...sizes(), warnings };
    samples.push(sample);
    if (!flags.json) console.log(row(`${at + 1}`, sample));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  client.dispose();
  await engine.close();
  return samples;
}

/**
 * @param {EngineClient} client
 * @param {string} inventory
 * @returns {Promise<number>} how many executions ended ok
 */
async function runOnce(client, inventory) {
  const preview = await client.plan({
    action: { type: 'command', command },
    selection: 'all',
    sources: [{ type: 'muster', path: inventory }],
    strategy: { concurrency },
    maxTargets: nodes,
  });
  if (!preview.ok) throw new Error(preview.error.message);
  /** @type {PromiseWithResolvers<void>} */
  const ended = Promise.withResolvers();
  const listening = client.onEvents(({ events }) => {
    if (events.some(({ type }) => type === 'batchFinished')) ended.resolve();
  });
  const started = await client.start({ plan: preview.value.plan });
  if (!started.ok) throw new Error(started.error.message);
  await ended.promise;
  listening.dispose();
  const state = await client.snapshot(started.value.batch);
  if (!state.ok) throw new Error(state.error.message);
  return state.value.counts.ok;
}

/** @returns {Pick<Sample, 'rssMb' | 'heapMb' | 'descriptors' | 'timers'>} */
function sizes() {
  const { rss, heapUsed } = process.memoryUsage();
  return {
    rssMb: rss / 1_048_576,
    heapMb: heapUsed / 1_048_576,
    descriptors: readdirSync('/proc/self/fd').length,
    timers: process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length,
  };
}

/** @param {readonly Sample[]} samples */
function growthsOf(samples) {
  const size = Math.max(1, Math.floor(samples.length / 5));
  const early = samples.slice(warmUp, warmUp + size);
  const late = samples.slice(-size);
  const growths = /** @type {(keyof typeof bounds)[]} */ (Object.keys(bounds)).map((what) => {
    const [from, to] = [early, late].map((part) => median(part.map((sample) => sample[what])));
    const growth = ((to ?? 0) - (from ?? 0)) / Math.max(1, from ?? 0);
    return { what, from, to, growth, isFlat: growth <= bounds[what] };
  });
  const warnings = samples.at(-1)?.warnings ?? 0;
  const failed = samples.reduce((sum, { ok }) => sum + nodes - ok, 0);
  return [
    ...growths,
    { what: 'listener warnings', from: 0, to: warnings, growth: warnings, isFlat: warnings === 0 },
    { what: 'executions not ok', from: 0, to: failed, growth: failed, isFlat: failed === 0 },
  ];
}

/**
 * @param {string} batch
 * @param {Sample} sample
 */
function row(batch, { ok, wallS, rssMb, heapMb, descriptors, timers, warnings }) {
  const cells = [ok, wallS.toFixed(2), rssMb.toFixed(0), heapMb.toFixed(1), descriptors, timers, warnings];
  return [batch, ...cells].map((cell, at) => `${cell}`.padStart(titles[at]?.length ?? 0)).join('  ');
}

/** @param {ReturnType<typeof growthsOf>} growths */
function verdict(growths) {
  const sentences = growths.map(({ what, from, to, isFlat }) => {
    return `${what}: ${Math.round(from ?? 0)} → ${Math.round(to ?? 0)}: ${isFlat ? 'flat' : 'GROWS'}`;
  });
  return `\n${sentences.join('\n')}`;
}

/**
 * @param {string} message
 * @param {number} code
 */
function fail(message, code) {
  console.error(message);
  return code;
}
