import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseInventory } from '../../core/inventory/parseInventory.ts';

describe('the example inventory', () => {
  it('has no problems', () => {
    const text = readFileSync(new URL('../../examples/inventory.yaml', import.meta.url), 'utf8');
    const inventory = parseInventory(text, { source: 'inventory.yaml', resolvePath: (path) => path });
    assert.deepEqual(inventory.problems, []);
    assert.equal(inventory.nodes.length, 23);
  });
});
