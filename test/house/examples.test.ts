import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readInventory } from '../../core/inventory/readInventory.ts';

describe('the example inventory', () => {
  it('has no problems', () => {
    const text = readFileSync(new URL('../../examples/inventory.yaml', import.meta.url), 'utf8');
    const { inventory } = readInventory(text, { source: 'inventory.yaml', resolvePath: (path) => path });
    assert.deepEqual(inventory.problems, []);
    assert.equal(inventory.nodes.length, 23);
  });
});
