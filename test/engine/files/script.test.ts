import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../../../core/run/action.ts';
import type { LoggedEvent } from '../../../core/run/events.ts';
import type { EngineClient } from '../../../core/protocol/client.ts';
import { createEngine } from '../../../engine/engine.ts';
import { context } from '../policy/world.ts';
import { tempFolder } from '../tempFolder.ts';

type World = { client: EngineClient; at: (...names: string[]) => string };

async function inWorld(test: (world: World) => Promise<void>): Promise<void> {
  const folder = await tempFolder();
  const at = (...names: string[]): string => join(folder.path, ...names);
  fs.mkdirSync(at('tmp'));
  fs.writeFileSync(at('inventory.yaml'), 'version: 1\nnodes: { n1: { transport: local, cwd: . } }\n');
  const created = await createEngine({ dataDir: at('data'), home: at() });
  assert.ok(created.ok);
  try {
    await test({ client: created.value.connect({ ...context, folder: at() }), at });
  } finally {
    await created.value.close();
    await folder[Symbol.asyncDispose]();
  }
}

/** Runs a script to its end; `onOutput` is called once it has said something. */
async function runScript(
  { client, at }: World,
  text: string,
  {
    action = {},
    onOutput,
    timeoutMs,
  }: { action?: Partial<Action>; onOutput?: (batch: string) => void; timeoutMs?: number } = {},
) {
  fs.writeFileSync(at('it is a script'), text);
  const script = {
    type: 'script',
    file: at('it is a script'),
    args: [],
    env: { TMPDIR: at('tmp') },
    ...action,
  } as Action;
  const planned = await client.plan({
    action: script,
    selection: 'n1',
    sources: [{ path: at('inventory.yaml') }],
    ...(timeoutMs !== undefined && { limits: { timeoutMs } }),
  });
  assert.ok(planned.ok, JSON.stringify(planned));
  const ended = Promise.withResolvers<LoggedEvent[]>();
  const events: LoggedEvent[] = [];
  client.onEvents((news) => {
    events.push(...news.events);
    if (onOutput && news.events.some(({ type }) => type === 'outputProgress')) onOutput(news.batch);
    if (news.events.some(({ type }) => type === 'batchFinished')) ended.resolve(events);
  });
  const started = await client.start({ plan: planned.value.plan, confirmed: true });
  assert.ok(started.ok, JSON.stringify(started));
  await ended.promise;
  const outcome = events.flatMap((each) => (each.type === 'executionFinished' ? [each.outcome] : []))[0];
  const said = events.flatMap((each) => (each.type === 'stepFinished' ? [each.lastLine] : []))[0];
  return { outcome, said, left: fs.readdirSync(at('tmp')) };
}

describe('a script of this machine on a node', () => {
  it('runs by what its first line names, with its arguments word for word, and is taken away', () =>
    inWorld(async (world) => {
      const args = ["it's", '$HOME', '', '-n', 'a b', '`id`', 'é\t!'];
      const text = `#!/usr/bin/env node\nconsole.log(JSON.stringify(process.argv.slice(2)));`;
      const { outcome, said, left } = await runScript(world, text, { action: { args } });
      assert.deepEqual([outcome, left], [{ status: 'ok' }, []]);
      assert.deepEqual(JSON.parse(said ?? ''), args);
    }));

  it('runs by sh without such a line, or by what was asked for, and says its exit code', () =>
    inWorld(async (world) => {
      const plain = await runScript(world, 'echo "$0" >/dev/null\ncat <<E\nheld\nE\nexit 7\n');
      assert.deepEqual(
        [plain.outcome?.status === 'failed' && plain.outcome.exitCode, plain.said, plain.left],
        [7, 'held', []],
      );
      const asked = await runScript(world, 'console.log(6 * 7)', {
        action: { interpreter: 'node --no-warnings' },
      });
      assert.deepEqual([asked.outcome, asked.said, asked.left], [{ status: 'ok' }, '42', []]);
    }));

  const stubborn = "trap '' TERM\necho ready\nwhile :; do sleep 0.1; done\n";
  for (const [what, text] of Object.entries({
    obeys: 'echo ready\nsleep 300\n',
    'has to be killed': stubborn,
  })) {
    it(`R-W9: is taken away after a stop, also one that ${what}`, () =>
      inWorld(async (world) => {
        const onOutput = (batch: string): void => void world.client.cancel({ batch, which: 'all' });
        const { outcome, left } = await runScript(world, text, { onOutput });
        assert.deepEqual([outcome, left], [{ status: 'cancelled', remote: 'stopped' }, []]);
      }));
  }

  it('R-W9: is taken away after it took too long', () =>
    inWorld(async (world) => {
      const { outcome, left } = await runScript(world, stubborn, { timeoutMs: 500 });
      assert.deepEqual([outcome?.status, left], ['timed-out', []]);
    }));

  it('is part of the plan, which is stale once the file has changed', () =>
    inWorld(async ({ client, at }) => {
      fs.writeFileSync(at('s'), 'echo a');
      const request = {
        action: { type: 'script' as const, file: at('s'), args: [] },
        selection: 'n1',
        sources: [{ path: at('inventory.yaml') }],
      };
      const planned = await client.plan(request);
      assert.ok(planned.ok && planned.value.plan.files?.[0]?.text === 'echo a');
      fs.writeFileSync(at('s'), 'echo b');
      const started = await client.start({ plan: planned.value.plan, confirmed: true });
      assert.equal(started.ok || started.error.code, 'PLAN_STALE');
    }));
});
