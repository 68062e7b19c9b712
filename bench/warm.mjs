// What a second batch over the same nodes costs: muster, whose engine keeps its connections, beside pssh, pdsh and
// clush with ControlMaster and ControlPersist, on the light farm. docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeClientFiles } from './farm/farm.mjs';
import { startLight } from './farm/light.mjs';
import { clients, node } from './lib/clients.mjs';
import { costOf, end, masters } from './lib/masters.mjs';
import { timeRun } from './lib/measure.mjs';
import { isIsolated, isolate } from './lib/namespace.mjs';
import { installPeers } from './lib/peers.mjs';
import { columns } from './lib/columns.mjs';
import { median } from './lib/stats.mjs';

/** @typedef {{ wallMs: number, cpuMs: number, rssMb: number }} Cost */
/** @typedef {Cost & { client: string }} Figures */
/** @typedef {import('./farm/farm.mjs').Farm} Farm */

const port = 2224;
const warmMuster = fileURLToPath(new URL('./lib/warmMuster.mjs', import.meta.url));
/** Warm wall time of muster against the best peer that is wanted at 1000 nodes. */
const wanted = 10;

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '100,500,1000' },
    concurrency: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'muster,pssh,clush' },
    json: { type: 'boolean', default: false },
  },
});
const concurrency = Number(values.concurrency);
const rounds = Number(values.rounds);
const chosen = values.only.split(',');

process.exitCode = await main();

/** @returns {Promise<number>} 0, or 69 where something needed is missing */
async function main() {
  if (process.platform !== 'linux') return fail('This bench reads /proc and needs Linux.');
  if (!isIsolated()) {
    const missing = installPeers(chosen);
    if (missing.length > 0) return fail(`Not installed: ${missing.join(', ')}`);
  }
  return (await isolate()) ?? bench();
}

async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const all = [];
  for (const nodes of values.nodes.split(',').map(Number)) {
    const figures = await benchFarm(nodes, join(folder, `${nodes}`));
    all.push({ nodes, figures });
    if (!values.json) console.log(table(nodes, figures));
  }
  if (values.json) console.log(JSON.stringify(all, undefined, 2));
  return 0;
}

/**
 * @param {number} nodes
 * @param {string} folder
 * @returns {Promise<Figures[]>}
 */
async function benchFarm(nodes, folder) {
  mkdirSync(folder, { mode: 0o700 });
  const servers = await startLight(folder, { nodes, port, answersWrapped: true });
  const farm = { ...servers, files: writeClientFiles(folder, servers), ownState: {} };
  try {
    const figures = [];
    for (const client of chosen) {
      if (client === 'muster') figures.push(await warmMusterCost(farm, folder, 'shells'));
      figures.push(
        client === 'muster'
          ? await warmMusterCost(farm, folder, 'no shells')
          : await peerCost(client, farm, folder),
      );
    }
    return figures;
  } finally {
    servers.stop();
  }
}

/**
 * One process: the first batch connects, those after it count.
 * @param {Farm} farm
 * @param {string} folder
 * @param {'shells' | 'no shells'} server whether it runs the shells of the wrapper or answers for them
 * @returns {Promise<Figures>}
 */
async function warmMusterCost(farm, folder, server) {
  const log = join(folder, 'muster.log');
  const args = [
    warmMuster,
    farm.files.inventory,
    `${concurrency}`,
    `${rounds}`,
    server === 'shells' ? ':' : 'true',
  ];
  const { stdout, stderr, status } = spawnSync(node, args, { encoding: 'utf8' });
  appendFileSync(log, stderr);
  if (status !== 0) throw new Error(`muster ended with ${status}:\n${stderr}`);
  /** @type {(Cost & { reused: number })[]} */
  const costs = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const unshared = costs.find(({ reused }) => reused !== farm.hosts.length);
  if (unshared) throw new Error(`only ${unshared.reused} connections were re-used`);
  return { client: server === 'shells' ? 'muster, shells' : 'muster', ...medians(costs) };
}

/**
 * The first run leaves a master per node behind; its CPU and memory belong to the client.
 * @param {string} name
 * @param {Farm} farm
 * @param {string} folder
 * @returns {Promise<Figures>}
 */
async function peerCost(name, farm, folder) {
  const client = clients.find((each) => each.name === name);
  if (!client) throw new Error(`no client ${name}`);
  // A control path is limited to about 100 characters.
  const sockets = mkdtempSync(join(tmpdir(), 'mw-'));
  const sshConfig = join(folder, `ssh_config_${name}`);
  const own = { ...farm, files: { ...farm.files, sshConfig } };
  appendFileSync(
    sshConfig,
    `Host *\n  ControlMaster auto\n  ControlPath ${sockets}/%h\n  ControlPersist 300\nInclude ${farm.files.sshConfig}\n`,
    { mode: 0o600 },
  );
  const log = join(folder, `${name}.log`);
  try {
    await timeRun(client.launch(own, concurrency), log);
    const costs = [];
    for (let round = 0; round < rounds; round++) {
      const pids = masters(sockets);
      if (pids.length < farm.hosts.length) throw new Error(`${name}: only ${pids.length} masters`);
      const before = costOf(pids);
      const { wallMs, cpuMs } = await timeRun(client.launch(own, concurrency), log);
      const after = costOf(pids);
      costs.push({ wallMs, cpuMs: cpuMs + after.cpuMs - before.cpuMs, rssMb: after.rssMb });
    }
    return { client: name, ...medians(costs) };
  } finally {
    end(masters(sockets));
    rmSync(sockets, { recursive: true, force: true });
  }
}

/** @param {readonly Cost[]} costs */
function medians(costs) {
  return {
    wallMs: median(costs.map(({ wallMs }) => wallMs)),
    cpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
    rssMb: median(costs.map(({ rssMb }) => rssMb)),
  };
}

/**
 * @param {number} nodes
 * @param {readonly Figures[]} figures
 */
function table(nodes, figures) {
  const rows = figures.map(({ client, wallMs, cpuMs, rssMb }) => [
    client,
    (wallMs / 1000).toFixed(2),
    (cpuMs / nodes).toFixed(2),
    rssMb.toFixed(0),
  ]);
  const title = `\n${nodes} nodes, ${concurrency} at once, medians of ${rounds} batches over open connections, ${availableParallelism()} cores`;
  return `${title}\n${columns([['', 'wall s', 'CPU ms/node', 'RSS MB'], ...rows])}\n${verdict(nodes, figures)}`;
}

/**
 * @param {number} nodes
 * @param {readonly Figures[]} figures
 */
function verdict(nodes, figures) {
  const own = figures.find(({ client }) => client === 'muster');
  const peers = figures.filter(({ client }) => !client.startsWith('muster'));
  if (!own || peers.length === 0) return '';
  const ratio = Math.min(...peers.map(({ wallMs }) => wallMs)) / own.wallMs;
  const met = nodes < 1000 ? '' : `, ${wanted} wanted: ${ratio >= wanted ? 'met' : 'NOT MET'}`;
  return `wall: ${ratio.toFixed(1)} times as fast as the best peer${met}`;
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  return 69;
}
