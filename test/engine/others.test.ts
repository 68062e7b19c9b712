import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import { deafText } from '../../engine/others/others.ts';
import { seenFromElsewhere } from '../../engine/others/seenFrom.ts';
import { context } from './context.ts';
import { tempFolder } from './tempFolder.ts';

type World = {
  readonly folder: string;
  /** Starts batches. */
  readonly owner: EngineClient;
  /** Another engine on the same history. */
  readonly other: EngineClient;
  start(command: string): Promise<string>;
};

async function engineOn(folder: string, followOthers: boolean): Promise<Engine> {
  const created = await createEngine({ dataDir: join(folder, 'data'), home: folder, followOthers });
  assert.ok(created.ok);
  return created.value;
}

/** Two engines on one history, as a window and a command line are; the second is told of the first one's batches. */
async function withTwo(test: (world: World) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  for (const node of ['a', 'b']) await mkdir(join(folder.path, node));
  const inventory = join(folder.path, 'inventory.yaml');
  await writeFile(
    inventory,
    'version: 1\nnodes: { a: { transport: local, cwd: ./a }, b: { transport: local, cwd: ./b } }\n',
  );
  const first = await engineOn(folder.path, false);
  const second = await engineOn(folder.path, true);
  const owner = first.connect(context);
  try {
    await test({
      folder: folder.path,
      owner,
      other: second.connect(context),
      async start(command) {
        const preview = await owner.plan({
          action: { type: 'command', command },
          selection: 'a,b',
          sources: [{ type: 'muster', path: inventory }],
        });
        assert.ok(preview.ok);
        const started = await owner.start({ plan: preview.value.plan });
        assert.ok(started.ok, JSON.stringify(started));
        return started.value.batch;
      },
    });
  } finally {
    await first.close();
    await second.close();
  }
}

/** Folds what a client is told, from a snapshot on, until it is as wanted. */
function until(client: EngineClient, wanted: (state: BatchState) => boolean): Promise<BatchState> {
  return new Promise((resolve) => {
    let state: BatchState | undefined;
    let early: LoggedEvent[] = [];
    const check = (): void => {
      if (!state || !wanted(state)) return;
      listening.dispose();
      resolve(state);
    };
    const listening = client.onEvents(({ batch, events }) => {
      if (!state) {
        early = [...early, ...events];
        void client.snapshot(batch).then((snapshot) => {
          if (!snapshot.ok) return;
          state ??= reduceAll(snapshot.value, early);
          check();
        });
        return;
      }
      state = reduceAll(state, events);
      check();
    });
  });
}

describe('a batch of another process', function () {
  it('R-S3: shows live until its end, and is the same as where it runs', () =>
    withTwo(async ({ owner, other, start }) => {
      const live = until(other, ({ counts }) => counts.running === 2);
      const ended = until(other, ({ status }) => status !== 'running');
      const batch = await start('echo here; until test -e go; do sleep 0.1; done');
      const seen = await live;
      assert.deepEqual([seen.id, seen.status], [batch, 'running']);
      const [summary] = await other.batches();
      assert.deepEqual([summary?.id, summary?.status], [batch, 'running']);
      const page = await untilOutput(other, batch);
      assert.equal(page, 'here\n');
      for (const { node } of seen.executions) await writeFile(join(folderOf(seen), node, 'go'), '');
      const end = await ended;
      const there = await owner.snapshot(batch);
      assert.deepEqual({ ok: true, value: end }, there);
      assert.equal(end.status, 'succeeded');
    }));

  it('is cancelled, and paused, through its process', () =>
    withTwo(async ({ folder, owner, other, start }) => {
      const live = until(other, ({ counts }) => counts.running === 2);
      const batch = await start('sleep 30');
      await live;
      const paused = until(owner, (state) => state.paused);
      assert.deepEqual(await other.control({ batch, control: { type: 'pause' } }), { ok: true, value: null });
      await paused;
      const ended = until(other, ({ status }) => status !== 'running');
      assert.deepEqual(await other.cancel({ batch, which: 'all' }), { ok: true, value: null });
      const { status, counts } = await ended;
      assert.deepEqual([status, counts.cancelled], ['cancelled', 2]);
      const late = await other.cancel({ batch, which: 'all' });
      assert.equal(late.ok ? '' : late.error.code, 'NOT_FOUND');
      assert.deepEqual(await readdir(join(folder, 'data', 'running')), []);
    }));

  it('asks its questions where it runs', () => {
    const seen = seenFromElsewhere({ host: 'elsewhere', pid: 7, startedAt: '', program: 'muster run' });
    const question = { type: 'secret' as const, label: 'password', nodes: ['a'] };
    const events: LoggedEvent[] = [
      { seq: 2, at: 1, type: 'promptRaised', prompt: 'p1', question },
      { seq: 3, at: 2, type: 'promptAnswered', prompt: 'p1', accepted: 1 },
      { seq: 4, at: 3, type: 'paused' },
    ];
    const message = 'Asks in process 7 on elsewhere (muster run), to which this batch belongs: answer there.';
    assert.deepEqual(seen(events), [{ seq: 2, at: 1, type: 'note', message }, events[2]]);
  });

  it('that does not answer is named, with what to do where it runs', () => {
    const away = { host: 'elsewhere', pid: 7, startedAt: '', program: 'muster run' };
    const text = deafText('01J0000000000000000000000A', away, '/data/running/x.json');
    assert.match(
      text,
      /^Batch 000a belongs to process 7 on elsewhere \(muster run\), which did not answer\./,
    );
    assert.match(text, /"kill -INT 7" on that machine\. .* delete \/data\/running\/x\.json: /);
  });

  it('has an id: nothing else is looked for', () =>
    withTwo(async ({ other }) => {
      const answer = await other.cancel({ batch: '../running/x', which: 'all' });
      assert.equal(answer.ok ? '' : answer.error.code, 'NOT_FOUND');
    }));
});

function folderOf(state: BatchState): string {
  const [source] = state.plan.request.sources;
  return join(source?.path ?? '', '..');
}

async function untilOutput(client: EngineClient, batch: string): Promise<string> {
  for (;;) {
    const page = await client.output({ batch, execution: 'e1', from: 0, limit: 100 });
    assert.ok(page.ok);
    const text = page.value.chunks.map((chunk) => chunk.text).join('');
    if (text !== '') return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
