// What the language server costs, beside yaml-language-server with a JSON Schema made of the same definitions, in turns on
// the same documents and the same edits: completion right behind a key stroke, diagnostics after an edit, the first look
// at a folder, memory with a large inventory. docs/benchmarks.md.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadavg, tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PlaybookFile } from '../core/schema/playbook.ts';
import { toJsonSchema } from '../core/schema/jsonSchema.ts';
import { node } from './lib/clients.mjs';
import { startServer } from './lib/languageServer.mjs';
import { median } from './lib/stats.mjs';

/** What is measured; `--only=edits,large,index,memory` for less. */
const { values } = parseArgs({ options: { only: { type: 'string', default: 'edits,large,index,memory' } } });
const chosen = values.only.split(',');
const require = createRequire(import.meta.url);
const ours = join(import.meta.dirname, '../dist/server.js');
const peer = join(dirname(require.resolve('yaml-language-server/package.json')), 'bin/yaml-language-server');
/** Milliseconds that the peer rests after an edit before it looks at the document; ours rests as long as a look takes. */
const peerRest = 200;

process.exitCode = await main();

/** @returns {Promise<number>} 0, or 69 where something needed is missing */
async function main() {
  if (!existsSync(ours)) {
    console.error('There is no dist/server.js. Build it with: npm run build');
    return 69;
  }
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  try {
    const schema = join(folder, 'playbook.schema.json');
    writeFileSync(schema, JSON.stringify(toJsonSchema(PlaybookFile)));
    const load = () => console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
    load();
    if (chosen.includes('edits'))
      for (const lines of [2000, 10_000]) await compare(folder, { lines, schema });
    if (chosen.includes('large')) for (const megabytes of [0.9, 5]) await large(folder, megabytes);
    if (chosen.includes('index')) await coldIndex(folder);
    if (chosen.includes('memory')) await memory(folder);
    load();
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {{ lines: number, schema: string }} what */
async function compare(folder, { lines, schema }) {
  const edits = lines > 5000 ? 10 : 30;
  const text = playbookText(lines);
  const file = join(folder, `bench${lines}.playbook.yaml`);
  writeFileSync(file, text);
  const uri = `file://${file}`;
  const yaml = {
    yaml: {
      schemas: { [`file://${schema}`]: '*.playbook.yaml' },
      validate: true,
      completion: true,
      hover: true,
      schemaStore: { enable: false },
    },
  };
  const servers = {
    muster: { command: [node, ours, '--stdio'], language: 'muster-playbook', settings: {} },
    yaml: { command: [node, peer, '--stdio'], language: 'yaml', settings: yaml },
  };
  const found = { muster: new Map(), yaml: new Map() };
  for (const name of /** @type {const} */ (['muster', 'yaml'])) {
    const { command, language, settings } = servers[name];
    const server = await startServer(command, { folder, settings });
    const opened = performance.now();
    await server.open(uri, language, text);
    found[name].set('open, ms', [performance.now() - opened]);
    found[name].set('longest block while it is opened, ms', [await server.longestBlock()]);
    await editAll({ server, uri, text, edits, found: found[name] });
    found[name].set('longest block while it is edited, ms', [await server.longestBlock()]);
    await server.stop();
  }
  console.log(`${' '.repeat(65)}   muster     yaml`);
  /** @param {string} what @param {(values: number[]) => number} of @param {number} [rest] */
  const row = (what, of, rest = 0) => {
    const ours = of(found.muster.get(what));
    const theirs = of(found.yaml.get(what)) - rest;
    const said = `${what}${rest > 0 ? ", without the peer's rest" : ''}${of === p95 ? ', p95' : ''}`;
    console.log(
      `${String(lines).padStart(6)} lines  ${said.padEnd(52)} ${ours.toFixed(1).padStart(8)} ${theirs.toFixed(1).padStart(8)} ${(theirs / ours).toFixed(1).padStart(7)}×`,
    );
  };
  for (const what of found.muster.keys()) {
    row(what, median);
    if (found.muster.get(what).length > 1) row(what, p95);
    if (what.startsWith('diagnostics')) row(what, median, peerRest);
  }
}

/**
 * A letter at a time in commands at three places, then where a quote is open, then a key with its offers.
 * @param {{ server: import('./lib/languageServer.mjs').Server, uri: string, text: string, edits: number, found: Map<string, number[]> }} what
 */
async function editAll({ server, uri, text, edits, found }) {
  const lines = text.split('\n');
  let version = 1;
  /** @param {{ line: number, character: number }} start @param {string} added @param {number} [removed] */
  const edit = (start, added, removed = 0) => {
    const end = { ...start, character: start.character + removed };
    return server.edit(uri, (version += 1), { range: { start, end }, text: added });
  };
  /** @param {number} share */
  const commandAt = (share) =>
    lines.findIndex((each, at) => at > lines.length * share - 20 && each.includes('run:'));
  /** @param {string} what @param {number} line @param {number} from */
  const letters = async (what, line, from) => {
    const times = [];
    const before = server.processorTime();
    for (let at = 0; at < edits; at += 1) times.push(await edit({ line, character: from + at }, 'x'));
    found.set(`diagnostics, ${what}, ms`, times);
    found.set(`processor time for a letter ${what}, ms`, [(server.processorTime() - before) / edits]);
  };
  for (const [what, share] of /** @type {const} */ ([
    ['in the middle', 0.5],
    ['at the start', 0],
    ['at the end', 1],
  ]))
    await letters(what, commandAt(share), lines[commandAt(share)]?.length ?? 0);
  const line = commandAt(0.5);
  const value = { line, character: (lines[line]?.indexOf('run: ') ?? 0) + 'run: '.length };
  await edit(value, '"');
  await letters('below an open quote', line, value.character + 5);
  await edit(value, '', 1);
  // A new line below the command: keys of the step are offered on it, one more letter each time.
  const end = { line, character: (lines[line]?.length ?? 0) + 2 * edits };
  await edit(end, '\n    ');
  const times = [];
  const start = { line: line + 1, character: 4 };
  for (let at = 0; at < edits; at += 1) {
    const change = { range: { start, end: start }, text: 't' };
    times.push((await server.complete(uri, (version += 1), change)).ms);
    await edit(start, '', 1);
  }
  found.set('completion, ms', times);
}

/**
 * A document that nobody wants to wait for: offers while it is opened and edited, and how long nothing else is answered.
 * @param {string} folder @param {number} megabytes
 */
async function large(folder, megabytes) {
  const text = playbookText(Math.round(megabytes * 36_000));
  const uri = `file://${folder}/large.playbook.yaml`;
  const server = await startServer([node, ours, '--stdio'], { folder });
  await server.longestBlock();
  const line = Math.round(text.split('\n').length / 2 / 7) * 7 + 12;
  const position = { line, character: 4 };
  const opened = performance.now();
  const told = server.open(uri, 'muster-playbook', text);
  await server.request('textDocument/completion', { textDocument: { uri }, position });
  const first = performance.now() - opened;
  await told;
  const read = performance.now() - opened;
  const size = `${(text.length / 1024 / 1024).toFixed(1)} MB`;
  console.log(
    `${size}: offers ${first.toFixed(0)} ms behind opening it, told of after ${read.toFixed(0)} ms, longest block ${(await server.longestBlock()).toFixed(0)} ms`,
  );
  const times = [];
  for (let at = 0; at < 10; at += 1) {
    const began = performance.now();
    await server.change(uri, at + 2, { range: { start: position, end: position }, text: 't' });
    await server.request('textDocument/completion', {
      textDocument: { uri },
      position: { line, character: 5 + at },
    });
    times.push(performance.now() - began);
    await pause(300);
  }
  await pause(3000);
  console.log(
    `${size}: offers behind a letter ${median(times).toFixed(0)} ms (p95 ${p95(times).toFixed(0)}), longest block ${(await server.longestBlock()).toFixed(0)} ms`,
  );
  await server.stop();
}

/** @param {string} folder */
async function coldIndex(folder) {
  const many = join(folder, 'many');
  mkdirSync(many);
  for (let at = 0; at < 500; at += 1)
    writeFileSync(
      join(many, `p${at}.${at % 5 === 0 ? 'inventory' : 'playbook'}.yaml`),
      at % 5 === 0 ? inventoryText(50, `f${at}n`) : playbookText(100),
    );
  const started = performance.now();
  const server = await startServer([node, ours, '--stdio'], { folder: many });
  await server.request('workspace/symbol', { query: 'step1' });
  console.log(
    `500 files, from the start of the process to the first symbols: ${(performance.now() - started).toFixed(0)} ms`,
  );
  await server.stop();
}

/** @param {string} folder */
async function memory(folder) {
  const large = join(folder, 'large');
  mkdirSync(large);
  writeFileSync(join(large, 'a.inventory.yaml'), inventoryText(20_000, 'node'));
  const text = 'targets: tag:web\nsteps:\n  - run: uptime\n';
  writeFileSync(join(large, 'a.playbook.yaml'), text);
  const server = await startServer([node, ours, '--stdio'], { folder: large });
  await server.request('workspace/symbol', { query: 'node1' });
  await server.open(`file://${large}/a.playbook.yaml`, 'muster-playbook', text);
  const lens = await server.request('textDocument/codeLens', {
    textDocument: { uri: `file://${large}/a.playbook.yaml` },
  });
  const { now, peak } = server.memory();
  await pause(10_000);
  console.log(
    `20,000 nodes: ${server.memory().now.toFixed(0)} MB resident at rest, ${now.toFixed(0)} behind reading them, ${peak.toFixed(0)} at most; ${JSON.stringify(lens).match(/Run on [\d,]+ nodes/)?.[0]}`,
  );
  await server.stop();
}

/** @param {number[]} values */
function p95(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}

/** @param {number} lines */
function playbookText(lines) {
  const head = 'version: 1\nname: Deploy\nparams:\n  version: { type: string, required: true }\nsteps:\n';
  const step = (/** @type {number} */ at) =>
    [
      `  - id: step${at}`,
      `    name: Install ${at}`,
      '    run: apt-get install -y app={{ params.version }}',
      '    timeout: 30s',
      '    retries: { count: 3, delay: 2s }',
      `    when: vars.port > ${at}`,
      '    env: { LANG: C }',
      '',
    ].join('\n');
  return head + Array.from({ length: Math.ceil((lines - 5) / 7) }, (_none, at) => step(at)).join('');
}

/** @param {number} count @param {string} prefix */
function inventoryText(count, prefix) {
  const nodes = Array.from(
    { length: count },
    (_none, at) =>
      `  ${prefix}${at}: { host: 10.0.${at >> 8}.${at & 255}, tags: [web, prod], vars: { rack: ${at % 40} } }\n`,
  );
  return `nodes:\n${nodes.join('')}groups:\n  g${prefix}: ${prefix}1\n`;
}
