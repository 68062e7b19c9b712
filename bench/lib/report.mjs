import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { algorithms } from '../farm/farm.mjs';
import { node } from './clients.mjs';
import { columns } from './columns.mjs';

/**
 * @typedef {import('./rounds.mjs').Figures} Figures
 * @typedef {{ name: string, note: string, nodes: number, figures: Figures[] }} FarmResult
 * @typedef {{ metric: 'wallS' | 'cpuMsPerNode' | 'rssMb', label: string }} Metric
 * @typedef {Metric & { ratio: number, target: number | undefined }} Verdict
 */

/** What muster may cost at most, as a part of what the best of the peers costs. Stated for 500 nodes, 50 at once. */
const targets = /** @type {Record<string, Partial<Record<Metric['metric'], number>>>} */ ({
  light: { wallS: 0.5, cpuMsPerNode: 0.3 },
  sshd: { cpuMsPerNode: 0.4 },
});

/** @type {readonly Metric[]} */
const metrics = [
  { metric: 'wallS', label: 'wall' },
  { metric: 'cpuMsPerNode', label: 'client CPU' },
  { metric: 'rssMb', label: 'peak RSS' },
];

/** @param {{ nodes: number, concurrency: number, rounds: number }} options */
export function head({ nodes, concurrency, rounds }) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const ssh = /^[^,]+/.exec(spawnSync('ssh', ['-V'], { encoding: 'utf8' }).stderr)?.[0] ?? 'no ssh';
  return [
    `Cold: connect, run true, disconnect. ${nodes} nodes, ${concurrency} at once, medians of ${rounds} interleaved rounds.`,
    `Node ${version}, ${ssh}, ${availableParallelism()} cores.`,
    `${algorithms.kex} and ${algorithms.cipher} for every client: the farms of this bench offer nothing else.`,
    'Memory is the sum over the processes of a client: RSS counts shared pages in each of them, PSS once.',
    'muster runs commands through a wrapper that can be stopped, which costs the server two shells more than the bare true of the peers.',
  ].join('\n');
}

/** @param {FarmResult} result */
export function table({ name, note, figures, nodes }) {
  const rows = figures.map((each) => [
    each.client,
    each.wallS.toFixed(2),
    each.cpuMsPerNode.toFixed(2),
    each.serverCpuMsPerNode?.toFixed(1) ?? '-',
    each.rssMb.toFixed(0),
    each.pssMb.toFixed(0),
  ]);
  const titles = ['', 'wall s', 'CPU ms/node', 'server CPU ms/node', 'RSS MB', 'PSS MB'];
  return `\n${name} (${note}), ${nodes} nodes\n${columns([titles, ...rows])}\n${verdicts({ name, figures }).map(sentence).join('\n')}`;
}

/**
 * Ratios to the best peer, metric by metric; none without muster or without peers.
 * @param {{ name: string, figures: readonly Figures[] }} result
 * @returns {Verdict[]}
 */
export function verdicts({ name, figures }) {
  const own = figures.find(({ client }) => client === 'muster');
  const peers = figures.filter(({ client }) => client !== 'muster');
  if (!own || peers.length === 0) return [];
  return metrics.map(({ metric, label }) => ({
    metric,
    label,
    ratio: own[metric] / Math.min(...peers.map((peer) => peer[metric])),
    target: targets[name]?.[metric],
  }));
}

/** @param {Verdict} verdict */
function sentence({ label, ratio, target }) {
  const figure = `${label}: ${ratio.toFixed(2)} × the best peer`;
  if (target === undefined) return figure;
  return `${figure}, at most ${target.toFixed(2)} wanted: ${ratio <= target ? 'met' : 'NOT MET'}`;
}
