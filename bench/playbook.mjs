// What a playbook of 20 steps costs: muster beside ansible-playbook, which keeps its connections with ControlPersist and
// has pipelining on, both with as many nodes at once. docs/benchmarks.md.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeClientFiles } from './farm/farm.mjs';
import { startLight } from './farm/light.mjs';
import { startSshd } from './farm/sshd.mjs';
import { cli, node } from './lib/clients.mjs';
import { columns } from './lib/columns.mjs';
import { end, masters } from './lib/masters.mjs';
import { timeRun } from './lib/measure.mjs';
import { isIsolated, isolate } from './lib/namespace.mjs';
import { installPeers } from './lib/peers.mjs';
import { median } from './lib/stats.mjs';

/** @typedef {import('./farm/farm.mjs').Farm} Farm */
/** @typedef {{ client: string, wallMs: number, cpuMs: number }} Figures */

const port = 2226;
/** Wall time of ansible-playbook against that of muster that is wanted. */
const wanted = 10;

const { values } = parseArgs({
  options: {
    farm: { type: 'string', default: 'light,sshd' },
    nodes: { type: 'string', default: '100' },
    steps: { type: 'string', default: '20' },
    concurrency: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
    module: { type: 'string', default: 'raw,command' },
    json: { type: 'boolean', default: false },
  },
});
const nodes = Number(values.nodes);
const steps = Number(values.steps);
const concurrency = Number(values.concurrency);
const rounds = Number(values.rounds);
const modules = values.module.split(',');

process.exitCode = await main();

/** @returns {Promise<number>} 0, or 69 where something needed is missing */
async function main() {
  if (process.platform !== 'linux') return fail('This bench reads /proc and needs Linux.');
  if (!isIsolated()) {
    const missing = installPeers(['ansible']);
    if (missing.length > 0) return fail(`Not installed: ${missing.join(', ')}`);
  }
  return (await isolate()) ?? bench();
}

async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'mp-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const all = [];
  for (const name of values.farm.split(',')) {
    const figures = await benchFarm(name, join(folder, name));
    all.push({ farm: name, figures });
    if (!values.json) console.log(table(name, figures));
  }
  if (values.json) console.log(JSON.stringify(all, undefined, 2));
  return 0;
}

/**
 * @param {string} name
 * @param {string} folder
 * @returns {Promise<Figures[]>}
 */
async function benchFarm(name, folder) {
  mkdirSync(folder, { mode: 0o700 });
  // The light server answers `true` without a process for both, also inside of muster's wrapper.
  const servers =
    name === 'sshd'
      ? await startSshd(folder, { nodes, port })
      : await startLight(folder, { nodes, port, answersWrapped: true });
  const files = writeClientFiles(folder, servers);
  const playbooks = writePlaybooks(folder);
  /** @type {Farm} */
  const farm = { ...servers, files, ownState: { XDG_STATE_HOME: folder, XDG_RUNTIME_DIR: folder } };
  try {
    const log = join(folder, 'muster.log');
    const own = (/** @type {string} */ playbook) => () => timeRun(launchMuster(farm, playbook), log);
    const clients = [
      { client: 'muster', time: own(playbooks.muster) },
      ...(name === 'light' ? [{ client: 'muster, with its shells', time: own(playbooks.shells) }] : []),
      ...modules.map((module) => {
        const playbook = join(folder, `${module}.yml`);
        return { client: `ansible-playbook, ${module}`, time: () => timeAnsible(farm, playbook, folder) };
      }),
    ];
    const costs = clients.map(() => /** @type {{ wallMs: number, cpuMs: number }[]} */ ([]));
    // One after the other in each round: what else the machine does is spread over all of them.
    for (let round = 0; round < rounds; round++)
      for (const [at, { time }] of clients.entries()) costs[at]?.push(await time());
    return clients.map(({ client }, at) => ({ client, ...medians(costs[at] ?? []) }));
  } finally {
    servers.stop();
  }
}

/**
 * The same steps for both; JSON is YAML.
 * @param {string} folder
 */
function writePlaybooks(folder) {
  const list = Array.from({ length: steps }, (_, at) => at);
  const files = {
    muster: join(folder, 'bench.playbook.yaml'),
    shells: join(folder, 'shells.playbook.yaml'),
  };
  const own = (/** @type {string} */ run) => JSON.stringify({ version: 1, steps: list.map(() => ({ run })) });
  writeFileSync(files.muster, own('true'));
  writeFileSync(files.shells, own(':'));
  for (const module of modules) {
    const tasks = list.map(() => ({ [module]: 'true' }));
    writeFileSync(
      join(folder, `${module}.yml`),
      JSON.stringify([{ hosts: 'all', gather_facts: false, tasks }]),
    );
  }
  return files;
}

/**
 * @param {Farm} farm
 * @param {string} playbook
 */
function launchMuster(farm, playbook) {
  const where = ['--on', 'all', '-i', `muster:${farm.files.inventory}`];
  return {
    file: node,
    args: [cli, 'play', playbook, ...where, '--concurrency', `${concurrency}`, '--yes'],
    env: farm.ownState,
  };
}

/**
 * Each run makes its masters anew and has them to itself; ending them does not count.
 * @param {Farm} farm
 * @param {string} playbook
 * @param {string} folder
 */
async function timeAnsible(farm, playbook, folder) {
  const sockets = mkdtempSync(join(tmpdir(), 'mp-'));
  const common = `-F ${farm.files.sshConfig} -o ControlMaster=auto -o ControlPersist=60s -o ControlPath=${sockets}/%h`;
  const launch = {
    file: 'ansible-playbook',
    args: ['-i', farm.files.hosts, '-u', farm.user, '-f', `${concurrency}`, playbook],
    env: {
      ANSIBLE_PIPELINING: '1',
      ANSIBLE_SSH_ARGS: common,
      ANSIBLE_SSH_USETTY: '0',
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
      ANSIBLE_LOCAL_TEMP: join(folder, 'ansible'),
    },
  };
  try {
    return await timeRun(launch, join(folder, 'ansible.log'));
  } finally {
    end(masters(sockets));
    rmSync(sockets, { recursive: true, force: true });
  }
}

/** @param {readonly { wallMs: number, cpuMs: number }[]} costs */
function medians(costs) {
  return {
    wallMs: median(costs.map(({ wallMs }) => wallMs)),
    cpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
  };
}

/**
 * @param {string} name
 * @param {readonly Figures[]} figures
 */
function table(name, figures) {
  const peers = figures.filter(({ client }) => client.startsWith('ansible'));
  const fastest = Math.min(...peers.map(({ wallMs }) => wallMs));
  const own = figures.filter((each) => !peers.includes(each));
  const rows = figures.map(({ client, wallMs, cpuMs }) => [
    client,
    (wallMs / 1000).toFixed(2),
    (cpuMs / nodes / steps).toFixed(2),
  ]);
  const title = `\n${name}: ${steps} steps on ${nodes} nodes, ${concurrency} at once, medians of ${rounds}, ${availableParallelism()} cores`;
  const verdicts = own.map(({ client, wallMs }) => {
    const ratio = fastest / wallMs;
    const verdict = ratio >= wanted ? 'met' : 'NOT MET';
    return `${client}: ${ratio.toFixed(1)} times as fast as the fastest of Ansible, ${wanted} wanted: ${verdict}`;
  });
  return `${title}\n${columns([['', 'wall s', 'CPU ms/step'], ...rows])}\n${verdicts.join('\n')}`;
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  return 69;
}
