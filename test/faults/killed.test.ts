import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import { rerunClass } from '../../core/run/rerun.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import { systemClock } from '../../engine/clock.ts';
import { createEngine } from '../../engine/engine.ts';
import { eventsIn } from '../../engine/history/logLines.ts';
import { tempFolder } from '../engine/tempFolder.ts';
import { type Finished, muster } from './muster.ts';
import { laterEngine, person } from './world.ts';

/** Every step of the log where this is set; otherwise a few of them, spread evenly, as each takes a second. */
const everyStep = process.env['MUSTER_TEST_EVERY_STEP'] !== undefined;
const usualSteps = 5;

const nodes = Array.from({ length: 50 }, (_, at) => `n${at + 1}`);

/** What each node does: it leaves a mark when it begins and another one when it is done. */
const command = 'echo >began; echo begun; sleep 0.05; echo >done; echo "done"';

/** A command line that was killed, what it had written, and what the next engine makes of it. */
type Wreck = {
  readonly before: readonly LoggedEvent[];
  readonly after: BatchState;
  readonly client: EngineClient;
};

describe('faults: a command line that is killed while 50 nodes run', function () {
  this.timeout(everyStep ? 3_600_000 : 90_000);
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  const at = (...names: readonly string[]): string => join(folder.path, ...names);
  const run = (kill: (log: string, child: { kill(signal: 'SIGKILL'): boolean }) => Promise<void>) =>
    muster(['run', command, '--on', '*', '--concurrency', '12', '--yes', ...places()], {
      async meanwhile(child) {
        const known = batchesNow();
        const log = await newLog(known);
        if (log !== undefined) await kill(log, child);
      },
    });
  const places = (): readonly string[] => ['-i', at('nodes.inventory.yaml'), '--data', at('data')];
  const batchesNow = (): readonly string[] =>
    existsSync(at('data', 'batches')) ? readdirSync(at('data', 'batches')) : [];
  /** The log of the batch that has come, once there is one. */
  const newLog = async (known: readonly string[]): Promise<string | undefined> => {
    for (;;) {
      const fresh = batchesNow().find((id) => !known.includes(id));
      const log = fresh && at('data', 'batches', fresh, 'events.jsonl');
      if (log && existsSync(log)) return log;
      await sleep(2);
    }
  };

  before(async () => {
    folder = await tempFolder();
    for (const node of nodes) await mkdir(at(node));
    const lines = nodes.map((node) => `  ${node}: { transport: local, cwd: ./${node} }\n`);
    await writeFile(at('nodes.inventory.yaml'), `version: 1\nnodes:\n${lines.join('')}`);
    const { code, err } = await muster(['trust', '--yes', ...places()]);
    assert.equal(code, 0, err);
  });
  after(() => folder[Symbol.asyncDispose]());

  /** Runs, kills it as soon as its log has so many events, and starts an engine on what is left. */
  async function killedAt(step: number): Promise<Wreck & Finished> {
    for (const node of nodes) for (const mark of ['began', 'done']) await rm(at(node, mark), { force: true });
    let path = '';
    const finished = await run(async (log, child) => {
      path = log;
      while (eventsAt(log).length < step) await sleep(1);
      child.kill('SIGKILL');
    });
    const before = eventsAt(path);
    const client = await laterEngine(at('data'));
    const [, id = ''] = /batches\/(\w+)\//.exec(path) ?? [];
    const after = await client.snapshot(id);
    assert.ok(after.ok, `step ${step}`);
    return { ...finished, before, after: after.value, client };
  }

  /** Nodes whose command began, and those that came to its end, once nothing runs any more. */
  async function whatNodesDid(): Promise<{ began: ReadonlySet<string>; done: ReadonlySet<string> }> {
    const having = (mark: string) => new Set(nodes.filter((node) => existsSync(at(node, mark))));
    // What was just being started may leave its mark a moment later.
    await sleep(150);
    return { began: having('began'), done: having('done') };
  }

  /** Events of a batch that comes to its end; about so many before one has. */
  let last = 300;

  it('R-S1: loses nothing that had finished, and shows nothing as running, at any step of its log', async () => {
    const whole = await run(async (log) => {
      while (eventsAt(log).at(-1)?.type !== 'batchFinished') await sleep(20);
      last = eventsAt(log).length;
    });
    assert.equal(whole.code, 0, whole.err);
    let kills = 0;
    for (const step of stepsOf(last)) {
      const wreck = await killedAt(step);
      if (wreck.code === null) kills++;
      await checkWreck(wreck, await whatNodesDid(), step);
    }
    // The last ones may come to the end by themselves.
    assert.ok(kills > stepsOf(last).length / 2, `${kills} were killed`);
  });

  it('R-S1: what did not run can be run, and then every node has done it once', async () => {
    const { after } = await killedAt(Math.floor(last / 3));
    const did = await whatNodesDid();
    const left = after.executions.filter((each) => rerunClass(each) === 'not-started');
    assert.ok(left.length > 0);
    assert.deepEqual(
      left.filter(({ node }) => did.began.has(node)),
      [],
    );
    const again = await muster([
      'rerun',
      after.id,
      '--not-started',
      '--yes',
      '--data',
      at('data'),
      '--output',
      'json',
    ]);
    assert.deepEqual(JSON.parse(again.out).counts, { ok: left.length }, again.err);
    const { done } = await whatNodesDid();
    assert.deepEqual(
      left.filter(({ node }) => !done.has(node)),
      [],
    );
  });

  it('R-S1: whoever follows it is told of its death, without asking', async () => {
    const hasty = {
      ...systemClock,
      after: (ms: number, call: () => void) => systemClock.after(ms / 20, call),
    };
    const options = { dataDir: at('data'), home: at('data'), clock: hasty, followOthers: true };
    const watcher = await createEngine(options);
    assert.ok(watcher.ok);
    const statuses: string[] = [];
    let state: BatchState | undefined;
    const told = new Promise<void>((resolve) =>
      watcher.value.connect(person).onEvents(({ events }) => {
        state = reduceAll(state, events);
        if (state && statuses.at(-1) !== state.status) statuses.push(state.status);
        if (state?.status === 'interrupted') resolve();
      }),
    );
    await run(async (_log, child) => {
      while (!state?.counts.ok) await sleep(5);
      child.kill('SIGKILL');
    });
    await told;
    await watcher.value.close();
    assert.deepEqual(statuses, ['running', 'interrupted']);
  });
});

function eventsAt(log: string): readonly LoggedEvent[] {
  return statSync(log, { throwIfNoEntry: false }) ? eventsIn(readFileSync(log)).events : [];
}

function stepsOf(last: number): readonly number[] {
  if (everyStep) return Array.from({ length: last - 1 }, (_, at) => at + 1);
  return Array.from({ length: usualSteps }, (_, at) => 1 + Math.floor((at * (last - 2)) / (usualSteps - 1)));
}

async function checkWreck(
  { before, after, client }: Wreck,
  { began, done }: { began: ReadonlySet<string>; done: ReadonlySet<string> },
  step: number,
): Promise<void> {
  const at = `killed at event ${before.length} (wanted ${step})`;
  const end = before.find(({ type }) => type === 'batchFinished');
  assert.equal(after.status, end?.type === 'batchFinished' ? end.end : 'interrupted', at);
  const ended = new Map(
    before.flatMap((event) => (event.type === 'executionFinished' ? [[event.execution, event.outcome]] : [])),
  );
  for (const { id, node, outcome } of after.executions) {
    const where = `${at}, ${node}`;
    assert.deepEqual(outcome, ended.get(id) ?? outcome, where);
    if (outcome?.status === 'ok') assert.ok(done.has(node), where);
    else assert.equal(outcome?.status, 'interrupted', where);
    const page = await client.output({ batch: after.id, execution: id, from: 0, limit: 1000 });
    assert.ok(page.ok, where);
    const text = page.value.chunks.map((chunk) => chunk.text).join('');
    if (outcome?.status === 'ok') assert.equal(text, 'begun\ndone\n', where);
    else assert.ok('begun\ndone\n'.startsWith(text), where);
    if (outcome?.status === 'interrupted' && outcome.remote === 'never-started')
      assert.deepEqual([began.has(node), text], [false, ''], where);
  }
  const [newest] = await client.batches();
  assert.notEqual(newest?.status, 'running', at);
}
