import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { BatchState } from '../../core/run/state.ts';
import { readEventLog } from '../../engine/history/eventLog.ts';
import { batchFiles, historyLayout } from '../../engine/history/layout.ts';
import { claim } from '../../engine/history/owner.ts';
import { tempFolder } from '../engine/tempFolder.ts';
import { runNode } from './muster.ts';
import { laterEngine } from './world.ts';

const killedEngine = fileURLToPath(new URL('./children/killedEngine.ts', import.meta.url));

const nodes = ['n1', 'n2', 'n3', 'n4'];

/** What is on the disk when an engine has died, and what the next one makes of it. */
type Wreck = { before: readonly LoggedEvent[]; after: BatchState; client: EngineClient; log: string };

/** Each takes half a second: they are spread evenly over all events. */
const killings = 6;

describe('faults: an engine that dies', function () {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let inventory: string;
  /** The log of a batch that came to its end. */
  let whole: readonly string[];

  before(async () => {
    folder = await tempFolder();
    inventory = writeInventory(folder.path);
    whole = await linesOfWholeRun(folder.path, inventory);
  });
  after(() => folder[Symbol.asyncDispose]());

  it('R-S1: killed with kill -9 at any event, the log is readable and every execution has its last state', async () => {
    const rounds = Array.from({ length: killings }, (_, at) => ({
      data: join(folder.path, `killed-${at}`),
      at: 1 + Math.floor((at * (whole.length - 1)) / (killings - 1)),
      part: [0, 0.5, 1, 1][at % 4] ?? 1,
    }));
    await inPairs(rounds, async ({ data, at, part }) => {
      const { code } = await runNode([killedEngine, data, inventory, `${at}`, `${part}`]);
      // Progress is told by time: one batch has a few events more than another.
      assert.ok(code === null || at > whole.length - 8, `not killed at event ${at}`);
      const wreck = await recovered(data);
      // Killed before the first event was whole: there never was a batch.
      if (!wreck) return assert.ok(at === 1 && part < 1, `event ${at}`);
      await checkWreck(wreck);
    });
  });

  it('R-S1: cut off after any event, or within its line, a log gives the state of what is whole in it', async () => {
    for (let count = 1; count < whole.length; count++) {
      for (const part of [0, 0.3, 0.99]) {
        const data = join(folder.path, `cut-${count}-${part}`);
        const next = whole[count] ?? '';
        const text = whole.slice(0, count).join('') + next.slice(0, Math.floor(next.length * part));
        await leaveBehind(data, text, 'a dead process');
        const wreck = await recovered(data);
        assert.ok(wreck, `after ${count} events`);
        await checkWreck(wreck, 'log only');
      }
    }
  });

  it('R-S1: a batch of a living process is not taken for a dead one', async () => {
    const [start = ''] = whole;
    const data = join(folder.path, 'alive');
    await leaveBehind(data, start, 'this process');
    const { after } = (await recovered(data)) ?? assert.fail('no batch');
    assert.equal(after.status, 'running');
  });
});

function writeInventory(folder: string): string {
  for (const node of nodes) mkdirSync(join(folder, node));
  const inventory = join(folder, 'nodes.inventory.yaml');
  const lines = nodes.map((node) => `  ${node}: { transport: local, cwd: ./${node} }\n`);
  writeFileSync(inventory, `version: 1\nnodes:\n${lines.join('')}`);
  return inventory;
}

/** Runs the batch once to its end, into the folder `whole`. */
async function linesOfWholeRun(folder: string, inventory: string): Promise<string[]> {
  const data = join(folder, 'whole');
  const { code, err } = await runNode([killedEngine, data, inventory, '1000000', '1']);
  assert.equal(code, 0, err);
  return (await readFile(logIn(data), 'utf8')).split(/(?<=\n)/);
}

function logIn(data: string): string {
  const [batch = ''] = readdirSync(join(data, 'batches'));
  return join(data, 'batches', batch, 'events.jsonl');
}

const batchId = '01J0000000000000000000000A';

async function leaveBehind(
  data: string,
  log: string,
  owner: 'this process' | 'a dead process',
): Promise<void> {
  const files = batchFiles(historyLayout(data), batchId);
  mkdirSync(files.folder, { recursive: true });
  mkdirSync(join(data, 'running'), { recursive: true });
  // The log names the batch that it was written for.
  writeFileSync(files.events, log.replace(/"batch":"[0-9A-Z]{26}"/, `"batch":"${batchId}"`));
  if (owner === 'this process') return claim(files.owner, { engine: 'another', program: 'a test' });
  const { pid } = spawnSync('true');
  writeFileSync(files.owner, JSON.stringify({ host: hostname(), pid, startedAt: '1' }));
}

/** Starts an engine on what another one left; undefined where there is no batch. */
async function recovered(data: string): Promise<Wreck | undefined> {
  const before = (await readEventLog(logIn(data)).catch(() => ({ events: [] }))).events;
  const client = await laterEngine(data);
  const [batch] = await client.batches();
  if (!batch) return undefined;
  const after = await client.snapshot(batch.id);
  assert.ok(after.ok);
  return { before, after: after.value, client, log: logIn(data) };
}

async function checkWreck({ before, after, client, log }: Wreck, what?: 'log only'): Promise<void> {
  const wasOver = before.find(({ type }) => type === 'batchFinished');
  assert.equal(after.status, wasOver?.type === 'batchFinished' ? wasOver.end : 'interrupted');
  const ends = new Map(
    before.flatMap((event) => (event.type === 'executionFinished' ? [[event.execution, event.outcome]] : [])),
  );
  for (const { id, node, outcome, phases } of after.executions) {
    const ran = phases.some(({ phase }) => phase === 'run');
    const otherwise = { status: 'interrupted', remote: ran ? 'may-still-run' : 'never-started' };
    assert.deepEqual(outcome, ends.get(id) ?? otherwise);
    if (!ends.has(id) || what === 'log only') continue;
    const page = await client.output({ batch: after.id, execution: id, from: 0, limit: 1000 });
    assert.ok(page.ok);
    const texts = page.value.chunks.map(({ stream, text }) => `${stream}: ${text}`).sort();
    assert.match(
      texts.join(''),
      new RegExp(`^stderr: oops\nstdout: from .*/${node}\n$`),
      `${before.length} events`,
    );
  }
  const { events, validBytes } = await readEventLog(log);
  assert.equal((await stat(log)).size, validBytes);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, at) => at + 1),
  );
}

/** Works through a list, two at a time. */
async function inPairs<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const next = async (): Promise<void> => {
    for (let each = left.shift(); each; each = left.shift()) await work(each);
  };
  await Promise.all([next(), next()]);
}
