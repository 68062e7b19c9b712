// What a cold batch costs: wall time, client CPU per node and peak memory of `muster run true` beside pssh,
// pdsh and clush, on the same loopback nodes with the same key exchange and cipher. docs/benchmarks.md.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeClientFiles } from './farm/farm.mjs';
import { givenFarm } from './farm/given.mjs';
import { startLight } from './farm/light.mjs';
import { startSshd } from './farm/sshd.mjs';
import { cli, clients } from './lib/clients.mjs';
import { isIsolated, isolate } from './lib/namespace.mjs';
import { readOptions } from './lib/options.mjs';
import { installPeers } from './lib/peers.mjs';
import { head, table, verdicts } from './lib/report.mjs';
import { measureRounds } from './lib/rounds.mjs';

/** @typedef {import('./lib/options.mjs').Options} Options */

const ports = { light: 2223, sshd: 2222 };

process.exitCode = await main();

/** @returns {Promise<number>} 0, or 64 for wrong options, or 69 where something needed is missing */
async function main() {
  const options = readOptions(process.argv.slice(2));
  if ('problem' in options) return fail(options.problem, 64);
  if (process.platform !== 'linux') return fail('This bench reads /proc and needs Linux.', 69);
  if (!isIsolated()) {
    const wanted = chosen(options).map(({ name }) => name);
    if (wanted.includes('muster') && !existsSync(cli)) {
      return fail('There is no dist/cli.js. Build it with: npm run build', 69);
    }
    const missing = installPeers(wanted);
    if (missing.length > 0) return fail(`Not installed: ${missing.join(', ')}`, 69);
  }
  const ended = options.given ? undefined : await isolate();
  return ended ?? bench(options);
}

/** @param {Options} options */
async function bench(options) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => process.exit(130));
  const results = [];
  if (!options.json) console.log(head(options));
  for (const which of options.given ? ['given'] : options.farms) {
    const result = await benchFarm(which, join(folder, which), options);
    results.push({ ...result, ratios: verdicts(result) });
    if (!options.json) console.log(table(result));
  }
  if (options.json) console.log(JSON.stringify(results, undefined, 2));
  return 0;
}

/**
 * @param {string} which
 * @param {string} folder
 * @param {Options} options
 */
async function benchFarm(which, folder, options) {
  const servers = await startFarm(which, folder, options);
  try {
    const farm = { ...servers, files: writeClientFiles(folder, servers), ownState: ownState(folder) };
    const figures = await measureRounds(farm, chosen(options), { ...options, folder });
    return { name: farm.name, note: farm.note, nodes: farm.hosts.length, figures };
  } finally {
    servers.stop();
  }
}

/**
 * @param {string} which
 * @param {string} folder
 * @param {Options} options
 */
function startFarm(which, folder, { given, nodes }) {
  mkdirSync(folder, { mode: 0o700 });
  if (given) return givenFarm(given);
  if (which === 'light') return startLight(folder, { nodes, port: ports.light });
  return startSshd(folder, { nodes, port: ports.sshd });
}

/** @param {Options} options */
function chosen({ only }) {
  return clients.filter(({ name }) => only?.includes(name) ?? true);
}

/**
 * Keeps the batches of the bench out of the history of the person who runs it.
 * @param {string} folder
 */
function ownState(folder) {
  return { XDG_DATA_HOME: join(folder, 'data') };
}

/**
 * @param {string} message
 * @param {number} code
 */
function fail(message, code) {
  console.error(message);
  return code;
}
