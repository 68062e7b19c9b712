import assert from 'node:assert/strict';
import { indexInventory } from '../../core/inventory/model.ts';
import { inventoryTree, isBareFolder, type TreeElement } from '../../extension/model/tree.ts';
import { numbered, sketch, untagged } from './inventories.ts';

/** The tree as text: two spaces a level, `kind label (nodes)`. */
function drawn(elements: readonly TreeElement[], indent = ''): readonly string[] {
  return elements.flatMap((element) => [
    `${indent}${element.kind} ${element.label} (${element.nodes.length})`,
    ...drawn(element.children(), `${indent}  `),
  ]);
}

describe('the inventory tree', () => {
  it('shows groups nobody contains, then nodes without a group, then tags', () => {
    const index = sketch({
      nodes: { web01: ['prod'], web02: [], db01: ['prod'], spare: [] },
      groups: { frontend: ['web01', 'web02'], site: ['@frontend', 'db01'] },
    });
    assert.deepEqual(drawn(inventoryTree(index, { mode: 'group' })), [
      'group site (3)',
      '  group frontend (2)',
      '    node web01 (1)',
      '    node web02 (1)',
      '  node db01 (1)',
      'node spare (1)',
      'tags Tags (0)',
      '  tag prod (2)',
      '    node web01 (1)',
      '    node db01 (1)',
    ]);
  });

  it('ends where groups contain each other in a circle, and still shows them', () => {
    const index = sketch({ nodes: { a: [] }, groups: { one: ['@two', 'a'], two: ['@one'] } });
    assert.deepEqual(drawn(inventoryTree(index, { mode: 'group' })), [
      'group one (1)',
      '  group two (1)',
      '  node a (1)',
    ]);
  });

  it('folds more than 200 children into ranges that open', () => {
    const index = sketch({ nodes: untagged([...numbered('web', 150), ...numbered('api', 60)]) });
    const top = inventoryTree(index, { mode: 'group' });
    assert.deepEqual(
      top.map(({ label, nodes }) => `${label} ${nodes.length}`),
      ['web[001-100] 100', 'web[101-150] 50', 'api[001-060] 60'],
    );
    assert.equal(top[1]?.children()[0]?.label, 'web101');
  });

  it('gives every row an id of its own that a re-read does not change', () => {
    const make = () => sketch({ nodes: { web01: ['a', 'b'] }, groups: { x: ['web01'], y: ['web01', '@x'] } });
    const ids = (elements: readonly TreeElement[]): string[] =>
      elements.flatMap((element) => [element.id, ...ids(element.children())]);
    const first = ids(inventoryTree(make(), { mode: 'group' }));
    assert.equal(new Set(first).size, first.length);
    assert.deepEqual(ids(inventoryTree(make(), { mode: 'group' })), first);
  });

  it('shows the same nodes by tag, by source and as a list', () => {
    const index = sketch({ nodes: { a: ['x'], b: ['x', 'y'], c: [] }, groups: { g: ['a', 'b'] } });
    assert.deepEqual(drawn(inventoryTree(index, { mode: 'tag' })), [
      'tag x (2)',
      '  node a (1)',
      '  node b (1)',
      'tag y (1)',
      '  node b (1)',
    ]);
    assert.deepEqual(drawn(inventoryTree(index, { mode: 'flat' })), [
      'node a (1)',
      'node b (1)',
      'node c (1)',
    ]);
  });

  it('has nothing to look at while only the open folder is known', () => {
    const local = (name: string) => ({ ...sketch({ nodes: { [name]: [] } }).inventory });
    const source = {
      id: '/ws',
      type: 'folders',
      ref: { path: '/ws' },
      status: 'ok',
      nodes: 1,
      groups: 0,
      files: [],
      readAt: 0,
      approvals: [],
    } as const;
    const folders = [{ ...source, files: [], approvals: [] }];
    const bare = { ...local('ws'), sources: folders };
    assert.equal(isBareFolder(indexInventory(bare)), true);
    assert.equal(
      isBareFolder(indexInventory({ ...bare, nodes: [...bare.nodes, ...local('repo').nodes] })),
      false,
    );
    assert.equal(
      isBareFolder(
        indexInventory({ ...bare, sources: [{ ...source, type: 'muster', files: [], approvals: [] }] }),
      ),
      false,
    );
  });

  it('shows what a filter leaves, and no rows without a node', () => {
    const index = sketch({
      nodes: { a: ['x'], b: [], c: [] },
      groups: { g: ['a', 'b'], h: ['c'], up: ['@g'] },
    });
    assert.deepEqual(drawn(inventoryTree(index, { mode: 'group', only: new Set(['a']) })), [
      'group up (1)',
      '  group g (1)',
      '    node a (1)',
      'tags Tags (0)',
      '  tag x (1)',
      '    node a (1)',
    ]);
  });
});
