import assert from 'node:assert/strict';
import {
  describeSelection,
  keepSelection,
  presentTicks,
  savedExpression,
  savedTicks,
} from '../../extension/model/savedSelection.ts';
import { sketch } from './inventories.ts';

const ticked = { nodes: new Set(['a', 'b']), groups: new Set(['web']), tags: new Set(['prod']) };

describe('a saved selection', () => {
  it('keeps groups and tags as such, and is described by them', () => {
    assert.equal(describeSelection(savedTicks('mine', ticked)), '@web, tag:prod, 2 nodes');
    assert.equal(describeSelection(savedExpression('mine', 'tag:prod !a')), 'tag:prod !a');
  });

  it('replaces the one that has its name', () => {
    const all = [savedExpression('x', 'a'), savedExpression('y', 'b')];
    const next = keepSelection(all, savedExpression('x', 'c'));
    assert.deepEqual(
      next.map(({ name, expression }) => `${name} ${expression}`),
      ['y b', 'x c'],
    );
  });

  it('gives what is still there, and names what is gone', () => {
    const index = sketch({ nodes: { a: ['prod'] } });
    assert.deepEqual(presentTicks(savedTicks('mine', ticked), index), {
      ticked: { nodes: new Set(['a']), groups: new Set(), tags: new Set(['prod']) },
      goneNodes: ['b'],
      goneSets: ['@web'],
    });
  });

  it('of a version without tags has none', () => {
    const { ticked: left } = presentTicks(
      { name: 'old', nodes: ['a'], groups: [] },
      sketch({ nodes: { a: [] } }),
    );
    assert.deepEqual([...left.tags], []);
  });
});
