import assert from 'node:assert/strict';
import { emptyInventory, indexInventory, type InventoryGroup } from '../../../core/inventory/model.ts';
import { blastRadius } from '../../../core/run/blastRadius.ts';
import type { Strategy } from '../../../core/run/strategy.ts';

const group = (name: string, nodes: readonly string[]): InventoryGroup => ({
  name, nodes: [...nodes], groups: [], tags: [], vars: {}, origin: { source: 's' }, sources: ['s'],
}); // prettier-ignore
const web = Array.from({ length: 20 }, (_, at) => `web${at}`);
const index = indexInventory({
  ...emptyInventory,
  groups: [group('web', web), group('db', ['db1', 'db2']), group('rest', ['x'])],
});

function radiusOf(nodes: readonly string[], how: Pick<Strategy, 'mode' | 'waves' | 'concurrency'>) {
  const strategy: Strategy = { ...how, stopOnFailure: false };
  const targets = nodes.map((node) => ({ node, transport: 'ssh', options: {}, connectTimeoutMs: 1, tags: [], vars: {} })); // prettier-ignore
  return blastRadius({ targets, executions: nodes.map((node) => ({ id: node, node })), strategy }, index, [
    'db1',
  ]);
}

describe('the blast radius of a plan', () => {
  it('is how many nodes there are, the largest share of each group at once, and what is protected', () => {
    assert.deepEqual(radiusOf([...web, 'db1'], { mode: 'parallel', concurrency: 5 }), {
      nodes: 21,
      executions: 21,
      atOnce: 5,
      groups: [
        { name: 'db', nodes: 1, of: 2, atOnce: 1 },
        { name: 'web', nodes: 20, of: 20, atOnce: 5 },
      ],
      protected: ['db1'],
    });
  });

  it('is never more than a wave', () => {
    const { atOnce, groups } = radiusOf(web, { mode: 'rolling', waves: [1, 3], concurrency: 10 });
    assert.deepEqual([atOnce, groups], [3, [{ name: 'web', nodes: 20, of: 20, atOnce: 3 }]]);
  });

  it('is one node where one comes after the other', () => {
    assert.equal(radiusOf(web, { mode: 'sequential', concurrency: 10 }).atOnce, 1);
  });
});
