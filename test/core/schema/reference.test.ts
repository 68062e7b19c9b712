import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { format } from 'prettier';
import { InventoryFile } from '../../../core/schema/inventory.ts';
import { ConfigFile } from '../../../core/schema/config.ts';
import { PlaybookFile } from '../../../core/schema/playbook.ts';
import { PolicyFile } from '../../../core/schema/policy.ts';
import { toJsonSchema } from '../../../core/schema/jsonSchema.ts';
import { referencePage } from '../../../core/schema/reference.ts';
import { TaskFile } from '../../../core/schema/task.ts';

describe('a reference page', () => {
  for (const [name, schema] of Object.entries({
    inventory: InventoryFile,
    playbook: PlaybookFile,
    task: TaskFile,
    config: ConfigFile,
    policy: PolicyFile,
  })) {
    it(`of ${name} files is what the schema says; \`npm run reference\` writes it anew`, async () => {
      const page = await readFile(new URL(`../../../docs/reference/${name}.md`, import.meta.url), 'utf8');
      assert.equal(page, await format(referencePage(schema), { parser: 'markdown' }));
    });
  }
});

describe('the JSON Schema of inventory files', () => {
  it('describes every key that may be written, and nothing of ours', () => {
    const schema = toJsonSchema(InventoryFile);
    assert.deepEqual(Object.keys(schema.properties ?? {}), [
      'version',
      'defaults',
      'nodes',
      'groups',
      'tags',
      'sources',
    ]);
    const text = JSON.stringify(schema);
    assert.match(text, /"identityFile"/);
    assert.doesNotMatch(text, /"muster":|"refers"|9007199254740991/);
  });
});
