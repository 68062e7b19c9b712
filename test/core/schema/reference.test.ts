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

describe('the reference page of playbooks', () => {
  const page = referencePage(PlaybookFile);

  it('has the keys below each kind of step', () => {
    for (const [heading, key] of [
      ['wait', 'every'],
      ['http', 'maxConcurrency'],
      ['http.expect', 'json'],
      ['copy', 'owner'],
      ['fetch', 'overwrite'],
      ['template', 'backup'],
      ['script', 'interpreter'],
      ['ansible', 'vars'],
      ['retries', 'backoff'],
    ]) {
      const [, section = ''] = page.split(`### \`steps.${heading}\`\n`);
      assert.match(section.split('\n#')[0] ?? '', new RegExp(`^\\| \`${key}\` \\|`, 'm'), heading);
    }
  });

  it('has the table of steps once, and says elsewhere where it is', () => {
    assert.equal(page.split('\n| `ansible` |').length, 2);
    assert.match(page, /## Each of `finally`\n\nAs \[each of `steps`\]\(#each-of-steps\)\.\n/);
  });
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
