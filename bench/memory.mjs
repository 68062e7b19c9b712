// How much memory a batch takes at its peak: `muster run` beside pssh on 1000 nodes of the light farm, with a line of
// output from each and with 1 MiB from each, all of it kept on disk. docs/benchmarks.md.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeClientFiles } from './farm/farm.mjs';
import { startLight } from './farm/light.mjs';
import { cli, clients } from './lib/clients.mjs';
import { columns } from './lib/columns.mjs';
import { peakMemory } from './lib/measure.mjs';
import { isIsolated, isolate } from './lib/namespace.mjs';
import { installPeers } from './lib/peers.mjs';

const text = /** @type {const} */ ({ type: 'string' });
const { values: flags } = parseArgs({
  options: { nodes: text, concurrency: text, bytes: text, only: text, json: { type: 'boolean' } },
});
const nodes = Number(flags.nodes ?? 1000);
const concurrency = Number(flags.concurrency ?? 50);
const bytes = Number(flags.bytes ?? 1_048_576);
const wanted = (flags.only ?? 'muster,pssh').split(',');

const works = [
  { name: 'a line each', command: 'echo ok' },
  { name: `${bytes} bytes each`, command: `yes 0123456789abcdef | head -c ${bytes}` },
];

process.exitCode = await main();

/** @returns {Promise<number>} 0, or 64 for wrong options, or 69 where something needed is missing */
async function main() {
  if (![nodes, concurrency, bytes].every((count) => Number.isInteger(count) && count > 0) || nodes > 1000) {
    return fail(
      'Usage: node bench/memory.mjs [--nodes N] [--concurrency N] [--bytes N] [--only NAMES] [--json]',
      64,
    );
  }
  if (process.platform !== 'linux') return fail('This bench reads /proc and needs Linux.', 69);
  if (!isIsolated()) {
    if (!existsSync(cli)) return fail('There is no dist/cli.js. Build it with: npm run build', 69);
    const missing = installPeers(wanted);
    if (missing.length > 0) return fail(`Not installed: ${missing.join(', ')}`, 69);
  }
  return (await isolate()) ?? bench();
}

async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => process.exit(130));
  mkdirSync(join(folder, 'light'), { mode: 0o700 });
  const servers = await startLight(join(folder, 'light'), { nodes, port: 2223 });
  try {
    const ownState = { XDG_DATA_HOME: join(folder, 'data') };
    const farm = { ...servers, files: writeClientFiles(folder, servers), ownState };
    const rows = [];
    for (const work of works) {
      for (const { name, launch } of clients.filter((each) => wanted.includes(each.name))) {
        const keepIn = join(folder, 'kept');
        const started = performance.now();
        // What is printed goes nowhere: muster and pssh both keep all of it in files.
        const peak = await peakMemory(launch(farm, concurrency, { ...work, keepIn }), '/dev/null');
        rows.push({ work: work.name, client: name, wallS: (performance.now() - started) / 1000, ...peak });
        for (const kept of [keepIn, ownState.XDG_DATA_HOME]) rmSync(kept, { recursive: true, force: true });
      }
    }
    console.log(flags.json ? JSON.stringify(rows, undefined, 2) : report(rows, farm.note));
    return 0;
  } finally {
    servers.stop();
  }
}

/**
 * @param {readonly { work: string, client: string, wallS: number, rssMb: number, pssMb: number }[]} rows
 * @param {string} note
 */
function report(rows, note) {
  const cells = rows.map(({ work, client, wallS, rssMb, pssMb }) => [
    `${client}, ${work}`,
    rssMb.toFixed(0),
    pssMb.toFixed(0),
    wallS.toFixed(1),
  ]);
  const head = `Peak memory: ${nodes} nodes (${note}), ${concurrency} at once, sums over the processes of a client`;
  return `${head}\n\n${columns([['', 'RSS MB', 'PSS MB', 'wall s'], ...cells])}`;
}

/**
 * @param {string} message
 * @param {number} code
 */
function fail(message, code) {
  console.error(message);
  return code;
}
