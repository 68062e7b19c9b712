// What the language server costs, beside yaml-language-server with a JSON Schema made of the same definitions, in turns on
// the same documents and the same edits: completion right behind a key stroke, diagnostics after an edit, the first look
// at a folder, memory with a large inventory. docs/benchmarks.md.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadavg, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { PlaybookFile } from '../core/schema/playbook.ts';
import { toJsonSchema } from '../core/schema/jsonSchema.ts';
import { node } from './lib/clients.mjs';
import { startServer } from './lib/languageServer.mjs';
import { median } from './lib/stats.mjs';

/** What is measured; `--only=edits,index,memory` for less. */
const { values } = parseArgs({ options: { only: { type: 'string', default: 'edits,index,memory' } } });
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
  const none = () => ({
    diagnostics: /** @type {number[]} */ ([]),
    completion: /** @type {number[]} */ ([]),
    items: 0,
  });
  const found = { muster: none(), yaml: none() };
  for (const name of /** @type {const} */ (['muster', 'yaml'])) {
    const { command, language, settings } = servers[name];
    const server = await startServer(command, { folder, settings });
    await server.open(uri, language, text);
    const line = text.split('\n').findIndex((each, at) => at > lines / 2 && each.includes('run:'));
    const character = text.split('\n')[line]?.length ?? 0;
    const result = found[name];
    let version = 2;
    for (let at = 0; at < edits; at += 1) {
      const place = { line, character: character + at };
      result.diagnostics.push(
        await server.edit(uri, version, { range: { start: place, end: place }, text: 'x' }),
      );
      version += 1;
    }
    // A new line below the command: keys of the step are offered on it, one more letter each time.
    const end = { line, character: character + edits };
    await server.edit(uri, version, { range: { start: end, end }, text: '\n    ' });
    version += 1;
    for (let at = 0; at < edits; at += 1) {
      const place = { line: line + 1, character: 4 };
      const { ms, items } = await server.complete(uri, version, {
        range: { start: place, end: place },
        text: 't',
      });
      version += 1;
      result.completion.push(ms);
      result.items = items;
      const typed = { start: place, end: { ...place, character: 5 } };
      await server.edit(uri, version, { range: typed, text: '' });
      version += 1;
    }
    await server.stop();
  }
  const row = (/** @type {string} */ what, /** @type {(of: 'muster' | 'yaml') => number} */ value) =>
    console.log(
      `${String(lines).padStart(6)} lines  ${what.padEnd(40)} ${value('muster').toFixed(1).padStart(8)} ${value('yaml').toFixed(1).padStart(8)} ${(value('yaml') / value('muster')).toFixed(1).padStart(7)}×`,
    );
  console.log(`${' '.repeat(53)}   muster     yaml`);
  row('completion p50, ms', (of) => median(found[of].completion));
  row('completion p95, ms', (of) => percentile(found[of].completion, 0.95));
  row('diagnostics p50, ms', (of) => median(found[of].diagnostics));
  row('diagnostics p95, ms', (of) => percentile(found[of].diagnostics, 0.95));
  row(
    "diagnostics p50 without the peer's rest",
    (of) => median(found[of].diagnostics) - (of === 'yaml' ? peerRest : 0),
  );
  console.log(`        offers at the cursor: ${found.muster.items} and ${found.yaml.items}`);
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
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  console.log(
    `20,000 nodes: ${server.memory().now.toFixed(0)} MB resident at rest, ${now.toFixed(0)} behind reading them, ${peak.toFixed(0)} at most; ${JSON.stringify(lens).match(/Run on [\d,]+ nodes/)?.[0]}`,
  );
  await server.stop();
}

/** @param {number[]} values @param {number} share */
function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
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
