// What a long history costs: 10,000 batches on 20 nodes each, opened, listed, searched and added to; and what an index of
// all words would cost. docs/benchmarks.md.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { reduceAll } from '../core/run/state.ts';
import { Emitter } from '../core/util/emitter.ts';
import { systemClock } from '../engine/clock.ts';
import { openEventLog } from '../engine/history/eventLog.ts';
import { createHistory } from '../engine/history/history.ts';
import { batchFiles, historyLayout } from '../engine/history/layout.ts';
import { columns } from './lib/columns.mjs';
import { eventsOf, idOf, writeBatch } from './lib/historyFiles.mjs';
import { median } from './lib/stats.mjs';

/** @typedef {import('../core/run/events.ts').BatchEvents} BatchEvents */
/** @typedef {import('../core/run/state.ts').BatchState} BatchState */
/** @typedef {import('../engine/history/layout.ts').HistoryLayout} HistoryLayout */

const text = /** @type {const} */ ({ type: 'string' });
const { values: flags } = parseArgs({ options: { batches: text, nodes: text, rounds: text } });
const count = Number(flags.batches ?? 10_000);
const nodes = Number(flags.nodes ?? 20);
const rounds = Number(flags.rounds ?? 9);

/** Batches that are added while it is measured. */
const added = 200;

const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
try {
  const layout = historyLayout(folder);
  for (const path of [layout.batches, layout.running]) mkdirSync(path);
  for (let n = 1; n <= count; n++) writeBatch(layout, n, nodes);
  const rows = [...(await measureIndex(layout)), ...(await measureAppend(layout)), ...measureWords(layout)];
  console.log(`${count} batches × ${nodes} executions, Node ${process.versions.node}`);
  console.log(columns([['what', 'measured', 'wanted'], ...rows]));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * The history of an engine, and what stands for the batches that run in it.
 * @param {HistoryLayout} layout
 */
function open(layout) {
  const events = /** @type {Emitter<BatchEvents>} */ (new Emitter());
  const batches = /** @type {Map<string, { state(): BatchState | undefined }>} */ (new Map());
  const rest = { log: { note() {} }, unsaved: new Map() };
  const history = createHistory({ layout, clock: systemClock, batches, events: events.event, ...rest });
  return { history, events, batches };
}

/**
 * @param {() => Promise<unknown>} work
 * @returns {Promise<number>} milliseconds
 */
async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @param {HistoryLayout} layout */
async function measureIndex(layout) {
  const first = open(layout).history;
  const made = await time(() => first.query({}));
  await first.close();
  const size = statSync(layout.index).size;
  const opened = [];
  for (let round = 0; round < rounds; round++) {
    const { history } = open(layout);
    opened.push(await time(() => history.query({})));
    await history.close();
  }
  const { history } = open(layout);
  await history.query({});
  /** @type {Record<string, import('../core/protocol/history.ts').HistoryQuery>} */
  const queries = {
    'a page': {},
    'the last page': { page: count / 50 },
    'of a node': { nodes: ['web7.example.com'] },
    'with a tag': { tag: 'rack3' },
    'that failed on a node of a tag': { tag: 'rack7', outcomes: ['failed'] },
    'of a user, with a status': { user: 'grace', statuses: ['partial'] },
    'of an hour': { since: 1_700_000_000_000, until: 1_700_003_600_000 },
  };
  const rows = [
    ['index, made from the logs', `${(made / 1000).toFixed(1)} s, ${(size / 1e6).toFixed(0)} MB`, ''],
    ['open and a page', `${median(opened).toFixed(0)} ms`, '500 ms'],
  ];
  for (const [name, query] of Object.entries(queries)) {
    rows.push([name, `${(await medianOf(() => history.query(query))).toFixed(1)} ms`, '50 ms']);
  }
  for (const [name, wanted] of [
    ['text in one output', `number ${count / 2}-3`],
    ['text in none', 'no such text'],
    ['text in all', 'KERNEL'],
  ]) {
    rows.push([
      `${name}`,
      `${(await medianOf(() => history.query({ text: wanted }))).toFixed(0)} ms`,
      '2000 ms',
    ]);
  }
  await history.close();
  return rows;
}

/** @param {() => Promise<unknown>} work */
async function medianOf(work) {
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await time(work));
  return median(times);
}

/**
 * Events as a batch has them, through the log to the index: the time of all of it, by event.
 * @param {HistoryLayout} layout
 */
async function measureAppend(layout) {
  const { history, events, batches } = open(layout);
  await history.query({});
  let all = 0;
  const logged = await time(async () => {
    for (let n = count + 1; n <= count + added; n++) {
      const id = idOf(n);
      const own = eventsOf(n, nodes);
      all += own.length;
      mkdirSync(batchFiles(layout, id).folder, { mode: 0o700 });
      const log = await openEventLog(batchFiles(layout, id).events, {
        onWritten: (written) => events.fire({ batch: id, events: written }),
        onError: (message) => console.error(message),
      });
      batches.set(id, { state: () => reduceAll(undefined, own) });
      for (const event of own) log.append(event);
      await log.close();
    }
    await history.close();
  });
  return [['log and index, an event', `${(logged / all).toFixed(3)} ms`, '0.2 ms']];
}

/**
 * What full-text search of SQLite would cost instead of reading the outputs.
 * @param {HistoryLayout} layout
 */
function measureWords(layout) {
  const file = join(folder, 'words.sqlite');
  const db = new DatabaseSync(file);
  db.exec("CREATE VIRTUAL TABLE words USING fts5(said, content='', tokenize='trigram'); BEGIN");
  const insert = db.prepare('INSERT INTO words (rowid, said) VALUES (?, ?)');
  const start = performance.now();
  let bytes = 0;
  for (let n = 1; n <= count; n++) {
    const spool = readFileSync(batchFiles(layout, idOf(n)).spool, 'latin1');
    bytes += spool.length;
    insert.run(n, spool);
  }
  db.exec('COMMIT');
  const made = performance.now() - start;
  db.close();
  const share = (statSync(file).size / bytes).toFixed(1);
  return [['instead: FTS5, trigrams', `${(made / 1000).toFixed(1)} s, ${share} times the outputs`, '']];
}
