import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import { createEngine } from '../../engine/engine.ts';
import { context } from './context.ts';
import { tempFolder } from './tempFolder.ts';

/** An engine whose user keeps less of a chatty plugin. */
async function withClient(test: (client: EngineClient) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const before = process.env['XDG_CONFIG_HOME'];
  process.env['XDG_CONFIG_HOME'] = join(folder.path, 'config');
  await mkdir(join(folder.path, 'config', 'muster'), { recursive: true });
  const config = 'journal: { keep: 400d, levels: { chatty: warning } }\n';
  await writeFile(join(folder.path, 'config', 'muster', 'config.yaml'), config);
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  try {
    await test(created.value.connect(context));
  } finally {
    if (before === undefined) delete process.env['XDG_CONFIG_HOME'];
    else process.env['XDG_CONFIG_HOME'] = before;
    await created.value.close();
  }
}

describe('what plugins say about nodes', () => {
  it('is kept with its source, type, level and link', () =>
    withClient(async (client) => {
      const link = { batch: '01J00000000000000000007F3K', execution: 'e1' };
      const said = { source: 'apt', type: 'package', level: 'warning', text: 'nginx is old', link } as const;
      const added = await client.addJournal({ nodes: ['n1', 'n2', 'n1'], ...said });
      assert.ok(added.ok);
      assert.deepEqual([added.value.entries.length, added.value.fresh], [2, ['n1', 'n2']]);
      const page = await client.journal({ node: 'n2', source: 'apt' });
      assert.ok(page.ok);
      const [entry] = page.value.entries;
      assert.deepEqual(
        { ...entry, id: '', at: 0 },
        { id: '', at: 0, node: 'n2', kind: 'event', by: 'me', ...said },
      );
    }));

  it('is left out below the level that the user keeps of that plugin', () =>
    withClient(async (client) => {
      const sizes: number[] = [];
      for (const [source, level] of [
        ['chatty', 'info'],
        ['chatty', 'warning'],
        ['other', 'debug'],
      ] as const) {
        const added = await client.addJournal({ nodes: ['n1'], source, level, text: 'said' });
        assert.ok(added.ok);
        sizes.push(added.value.entries.length);
      }
      assert.deepEqual(sizes, [0, 1, 1]);
    }));

  it('can not be said in the name of Muster or of a person', () =>
    withClient(async (client) => {
      for (const source of ['muster', 'person']) {
        const added = await client.addJournal({ nodes: ['n1'], source, text: 'said' });
        assert.equal(added.ok ? '' : added.error.code, 'USAGE');
      }
    }));
});
