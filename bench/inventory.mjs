// What reading an inventory of 10,000 nodes costs: wall time and peak memory of `muster nodes --on …` and of
// `ansible-inventory --list`, in turns, on the same Ansible INI file; and of `muster` on an inventory.yaml with the
// same nodes. docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cli, node } from './lib/clients.mjs';
import { median } from './lib/stats.mjs';

const { values: flags } = parseArgs({
  options: { nodes: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '5' } },
});
const count = Number(flags.nodes);
const rounds = Number(flags.rounds);

process.exitCode = main();

/** @returns {number} 0, or 69 where something needed is missing */
function main() {
  if (process.platform !== 'linux') return fail('This bench needs Linux and GNU time.');
  if (!existsSync(cli)) return fail('There is no dist/cli.js. Build it with: npm run build');
  if (!existsSync('/usr/bin/time')) return fail('There is no /usr/bin/time. Install the package "time".');
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  try {
    const ini = join(folder, 'hosts.ini');
    const yaml = join(folder, 'inventory.yaml');
    writeFileSync(ini, iniText());
    writeFileSync(yaml, yamlText());
    const selection = '@rack07,tag:web !web00042';
    const muster = (/** @type {string} */ file, /** @type {string} */ type) => [
      node,
      cli,
      'nodes',
      '--json',
      '--data',
      join(folder, 'data'),
      '-i',
      `${type}:${file}`,
      '--on',
      type === 'muster' ? selection : '@rack07,@web !web00042',
    ];
    const commands = {
      'muster, Ansible INI': muster(ini, 'ansible'),
      'muster, inventory.yaml': muster(yaml, 'muster'),
      'muster, no inventory': [node, cli, 'nodeset', 'count', 'a'],
      ...(existsSync('/usr/bin/ansible-inventory') && {
        'ansible-inventory --list': ['/usr/bin/ansible-inventory', '-i', ini, '--list'],
      }),
    };
    report(measure(commands));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function iniText() {
  const lines = ['[web]'];
  for (let at = 0; at < count; at++)
    lines.push(`${name(at)} ansible_host=${address(at)} http_port=${8000 + (at % 100)}`);
  for (let rack = 0; rack < 100; rack++) {
    lines.push(`[rack${String(rack).padStart(2, '0')}]`);
    for (let at = rack; at < count; at += 100) lines.push(name(at));
  }
  return `${lines.join('\n')}\n[web:vars]\nansible_user=deploy\n`;
}

function yamlText() {
  const lines = ['version: 1', 'defaults: { user: deploy }', 'nodes:'];
  for (let at = 0; at < count; at++) {
    lines.push(
      `  ${name(at)}: { host: ${address(at)}, tags: [web], vars: { http_port: ${8000 + (at % 100)} } }`,
    );
  }
  lines.push('groups:');
  for (let rack = 0; rack < 100; rack++) {
    lines.push(`  rack${String(rack).padStart(2, '0')}:`, '    nodes:');
    for (let at = rack; at < count; at += 100) lines.push(`      - ${name(at)}`);
  }
  return `${lines.join('\n')}\n`;
}

function name(/** @type {number} */ at) {
  return `web${String(at).padStart(5, '0')}`;
}

function address(/** @type {number} */ at) {
  return `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;
}

/**
 * Runs all commands in turns; medians of what /usr/bin/time says.
 * @param {Record<string, string[]>} commands
 */
function measure(commands) {
  /** @type {Record<string, { wall: number[], rss: number[] }>} */
  const samples = {};
  for (let round = 0; round < rounds; round++) {
    for (const [what, command] of Object.entries(commands)) {
      const sample = (samples[what] ??= { wall: [], rss: [] });
      const ended = spawnSync('/usr/bin/time', ['-f', '%e %M', ...command], {
        encoding: 'utf8',
        maxBuffer: 1_000_000_000,
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      });
      const [wall = '0', rss = '0'] = ended.stderr.trim().split('\n').at(-1)?.split(' ') ?? [];
      if (ended.status !== 0) throw new Error(`${what}: ${ended.stderr}`);
      sample.wall.push(Number(wall));
      sample.rss.push(Number(rss) / 1024);
    }
  }
  return samples;
}

/** @param {Record<string, { wall: number[], rss: number[] }>} samples */
function report(samples) {
  console.log(`${count.toLocaleString('en')} nodes, 100 groups, median of ${rounds} rounds in turns`);
  console.log('what                          wall s   peak MB   against ansible-inventory');
  const peer = samples['ansible-inventory --list'];
  for (const [what, { wall, rss }] of Object.entries(samples)) {
    const ratio = peer ? `${(median(peer.wall) / median(wall)).toFixed(1)} times as fast` : 'not installed';
    const cells = [what.padEnd(28), median(wall).toFixed(2).padStart(7), median(rss).toFixed(0).padStart(9)];
    console.log(`${cells.join(' ')}   ${ratio}`);
  }
}

function fail(/** @type {string} */ message) {
  console.error(message);
  return 69;
}
