import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaybook } from '../../core/playbook/read/readPlaybook.ts';
import { readInventory } from '../../core/inventory/readInventory.ts';

describe('the example inventory', () => {
  it('has no problems', () => {
    const text = readFileSync(new URL('../../examples/inventory.yaml', import.meta.url), 'utf8');
    const { inventory } = readInventory(text, { source: 'inventory.yaml', resolvePath: (path) => path });
    assert.deepEqual(inventory.problems, []);
    assert.equal(inventory.nodes.length, 23);
  });
});

describe('the example playbooks', () => {
  const folder = new URL('../../examples', import.meta.url).pathname;
  const files = globSync('*.playbook.yaml', { cwd: folder });

  it('are there', () => assert.ok(files.length >= 7));

  for (const file of files) {
    it(`${file} has no problems`, () => {
      assert.deepEqual(readPlaybook(readFileSync(join(folder, file), 'utf8')).problems, []);
    });
  }
});
