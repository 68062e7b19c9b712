import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Transport } from '../../core/plugin/transport.ts';
import type { StartRequest } from '../../core/protocol/start.ts';
import { createEngine } from '../../engine/engine.ts';
import { context } from './policy/world.ts';
import { tempFolder } from './tempFolder.ts';

function throwsBadly(): never {
  throw new Error('a bug of a plugin');
}

const broken: Transport = {
  name: 'ssh',
  options: z.object({}).loose(),
  connect: async () => throwsBadly(),
};

/** Runs a batch whose transport crashes; gives the record of its end and what is in its folder. */
async function crash(how: Partial<StartRequest>) {
  await using folder = await tempFolder();
  const path = join(folder.path, 'inventory.yaml');
  await writeFile(path, 'version: 1\nnodes: { n1: {} }\n');
  const dataDir = join(folder.path, 'data');
  await mkdir(dataDir);
  const created = await createEngine({
    dataDir,
    home: folder.path,
    transports: () => new Map([['ssh', broken]]),
  });
  assert.ok(created.ok);
  const client = created.value.connect(context);
  const planned = await client.plan({
    action: { type: 'command', command: 'true' },
    selection: 'n1',
    sources: [{ type: 'muster', path }],
  });
  assert.ok(planned.ok, JSON.stringify(planned));
  const ended = Promise.withResolvers<void>();
  client.onEvents(({ events }) => events.some(({ type }) => type === 'batchFinished') && ended.resolve());
  const started = await client.start({ plan: planned.value.plan, confirmed: true, ...how });
  assert.ok(started.ok, JSON.stringify(started));
  await ended.promise;
  const { batch } = started.value;
  const log = await client.log({ batch, level: 'error' });
  const files = await readdir(join(dataDir, 'batches', batch));
  await created.value.close();
  assert.ok(log.ok);
  return { records: log.value.records, files };
}

describe('a batch that is started to find a bug', () => {
  it('has the stack of what crashed in its log, joined by a correlation id, and debug logs', async () => {
    const { records, files } = await crash({ debug: true });
    const [record] = records;
    assert.equal(records.length, 1);
    assert.match(String(record?.fields?.['stack']), /a bug of a plugin\n +at throwsBadly /);
    assert.equal(record?.correlation, `${record?.batch}/e1/1`);
    assert.ok(files.includes('debug'));
  });

  it('has only a summary otherwise', async () => {
    const { records, files } = await crash({});
    assert.deepEqual(
      records.map(({ message, fields }) => [message, Object.keys(fields ?? {})]),
      [['crashed after 0.0 s: transport ssh: a bug of a plugin', ['outcome', 'durationMs']]],
    );
    assert.ok(!files.includes('debug'));
  });
});
