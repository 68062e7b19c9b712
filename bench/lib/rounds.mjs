import { join } from 'node:path';
import { peakMemory, timeRun } from './measure.mjs';
import { median } from './stats.mjs';

/**
 * @typedef {import('../farm/farm.mjs').Farm} Farm
 * @typedef {import('./clients.mjs').Client} Client
 * @typedef {{ client: string, wallS: number, cpuMsPerNode: number, serverCpuMsPerNode: number | undefined,
 *   rssMb: number, pssMb: number, rounds: { wallS: number, cpuMsPerNode: number }[] }} Figures
 */

/**
 * Every client runs once untimed, for its peak memory and so that all files are in the page cache; then all
 * take turns, round by round, so that what else the machine does hits them alike. Figures are medians.
 * @param {Farm} farm
 * @param {readonly Client[]} clients
 * @param {{ rounds: number, concurrency: number, folder: string }} options
 * @returns {Promise<Figures[]>}
 */
export async function measureRounds(farm, clients, { rounds, concurrency, folder }) {
  const runs = clients.map((client) => ({
    client: client.name,
    launch: client.launch(farm, concurrency),
    log: join(folder, `${client.name}.log`),
  }));
  /** @type {(typeof runs[number] & { memory: import("./measure.mjs").Peak, timed: Timed[] })[]} */
  const results = [];
  for (const { client, launch, log } of runs) {
    progress(`${farm.name}: memory of ${client}`);
    results.push({ client, launch, log, memory: await peakMemory(launch, log), timed: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { client, launch, log, timed } of rotate(results, round)) {
      progress(`${farm.name}: round ${round + 1} of ${rounds}, ${client}`);
      timed.push(await timeOnFarm(farm, launch, log));
    }
  }
  progress('');
  return results.map(({ client, memory, timed }) => ({
    client,
    ...memory,
    ...summary(timed, farm.hosts.length),
  }));
}

/**
 * @typedef {{ wallMs: number, cpuMs: number, serverMs: number | undefined }} Timed
 * @param {Farm} farm
 * @param {import('./measure.mjs').Launch} launch
 * @param {string} log
 * @returns {Promise<Timed>}
 */
async function timeOnFarm(farm, launch, log) {
  const before = farm.serverCpuMs();
  const cost = await timeRun(launch, log);
  const after = farm.serverCpuMs();
  return { ...cost, serverMs: before === undefined || after === undefined ? undefined : after - before };
}

/**
 * @param {readonly Timed[]} timed
 * @param {number} nodes
 */
function summary(timed, nodes) {
  const server = timed.flatMap(({ serverMs }) => serverMs ?? []);
  return {
    wallS: median(timed.map(({ wallMs }) => wallMs)) / 1000,
    cpuMsPerNode: median(timed.map(({ cpuMs }) => cpuMs)) / nodes,
    serverCpuMsPerNode: server.length > 0 ? median(server) / nodes : undefined,
    rounds: timed.map(({ wallMs, cpuMs }) => ({ wallS: wallMs / 1000, cpuMsPerNode: cpuMs / nodes })),
  };
}

/**
 * @template T
 * @param {readonly T[]} all
 * @param {number} by
 */
function rotate(all, by) {
  const at = by % all.length;
  return [...all.slice(at), ...all.slice(0, at)];
}

/** @param {string} line */
function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
}
