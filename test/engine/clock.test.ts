import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedEvent } from '../../core/run/events.ts';
import { createEngine } from '../../engine/engine.ts';
import { context } from './context.ts';
import { tempFolder } from './tempFolder.ts';

const hour = 3_600_000;

describe('R-S9: a clock that is put back while a batch runs', () => {
  const realNow = Date.now;
  afterEach(() => void (Date.now = realNow));

  it('makes no time go back and no duration wrong, and breaks no id', async () => {
    await using folder = await tempFolder();
    const inventory = join(folder.path, 'inventory.yaml');
    await writeFile(inventory, 'version: 1\nnodes: { here: { transport: local, cwd: . } }\n');
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.ok(created.ok);
    const client = created.value.connect(context);
    const run = async (): Promise<{ id: string; events: readonly LoggedEvent[] }> => {
      const events: LoggedEvent[] = [];
      const ended = new Promise<void>((resolve) => {
        const listening = client.onEvents((news) => {
          events.push(...news.events);
          if (news.events.some((event) => event.type === 'phaseChanged' && event.phase === 'run'))
            Date.now = () => realNow() - hour;
          if (!news.events.some(({ type }) => type === 'batchFinished')) return;
          listening.dispose();
          resolve();
        });
      });
      const action = { type: 'command', command: 'sleep 0.3' } as const;
      const preview = await client.plan({ action, selection: 'here', sources: [{ path: inventory }] });
      assert.ok(preview.ok);
      const started = await client.start({ plan: preview.value.plan });
      assert.ok(started.ok);
      await ended;
      return { id: started.value.batch, events };
    };
    const first = await run();
    const times = first.events.map(({ at }) => at);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
    assert.ok(took >= 300 && took < 30_000, `${took} ms`);
    const second = await run();
    assert.ok(second.id > first.id, 'the later batch is the newer one');
    assert.ok((second.events[0]?.at ?? 0) < (first.events[0]?.at ?? 0) - hour / 2);
    assert.deepEqual(
      (await client.batches()).map(({ id }) => id),
      [second.id, first.id],
    );
    await created.value.close();
  });
});
