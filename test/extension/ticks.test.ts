import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  applyTicks,
  countTicked,
  goneSets,
  invertTicks,
  isWhole,
  matchTicks,
  type Ticked,
  tickedNames,
  viaSets,
} from '../../extension/model/ticks.ts';
import { sketch } from './inventories.ts';

const index = sketch({
  nodes: { a: ['x'], b: ['x'], c: [] },
  groups: { g: ['a', 'b'], all: ['@g', 'c'] },
});
const group = (name: string) => ({ kind: 'group', name }) as const;
const tag = (name: string) => ({ kind: 'tag', name }) as const;
const nothing: Ticked = { nodes: new Set(), groups: new Set(), tags: new Set() };
const lists = ({ nodes, groups, tags }: Ticked) => ({
  nodes: [...nodes],
  groups: [...groups],
  tags: [...tags],
});

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));

describe('ticks', () => {
  it('take the later of two changes to the same node', () => {
    const changes = [
      { names: ['a', 'b'], ticked: true },
      { names: ['b'], ticked: false },
    ];
    const before = { ...nothing, nodes: new Set(['c']) };
    assert.deepEqual([...applyTicks(before, changes, index).nodes], ['c', 'a']);
  });

  it('split into what is there, in inventory order, and what is gone', () => {
    assert.deepEqual(matchTicks(new Set(['gone', 'b', 'a']), ['a', 'b', 'c']), {
      present: ['a', 'b'],
      gone: ['gone'],
    });
  });

  it('inverted twice are what they were, and stay as they are where a filter hides them', () => {
    fc.assert(
      fc.property(names, names, (shown, ticked) => {
        const ticks = new Set(ticked);
        const inverted = invertTicks(ticks, shown);
        assert.deepEqual(invertTicks(inverted, shown), ticks);
        for (const name of ticked) assert.equal(inverted.has(name), !shown.includes(name));
      }),
    );
  });

  it('set twice are the same as set once', () => {
    fc.assert(
      fc.property(names, names, fc.boolean(), (before, changed, ticked) => {
        const change = [{ names: changed, ticked }];
        const once = applyTicks({ ...nothing, nodes: new Set(before) }, change, index);
        assert.deepEqual(applyTicks(once, change, index), once);
        assert.equal(countTicked(once.nodes, changed), ticked ? changed.length : 0);
      }),
    );
  });
});

describe('a group or tag that is ticked as such', () => {
  const later = sketch({
    nodes: { a: ['x'], b: [], d: ['x'] },
    groups: { g: ['a', 'b', 'd'] },
  });

  it('stands for all its nodes, also those that come later', () => {
    for (const as of [group('g'), tag('x')]) {
      const ticked = applyTicks(nothing, [{ names: ['a', 'b'], ticked: true, as }], index);
      assert.deepEqual([...tickedNames(ticked, index)], ['a', 'b']);
      assert.equal(tickedNames(ticked, later).has('d'), true);
      assert.deepEqual(viaSets('a', ticked, index), [as]);
    }
  });

  it('becomes its other nodes when one is taken away; others stay ticked as such', () => {
    const ticked = applyTicks(
      { ...nothing, tags: new Set(['y']) },
      [
        { names: ['a', 'b', 'c'], ticked: true, as: group('all') },
        { names: ['a', 'b'], ticked: true, as: tag('x') },
        { names: ['b'], ticked: false },
      ],
      index,
    );
    assert.deepEqual(lists(ticked), { nodes: ['a', 'c'], groups: [], tags: ['y'] });
    assert.deepEqual(viaSets('a', ticked, index), []);
  });

  it('is not what a filtered row stands for, which has a part of its nodes', () => {
    assert.equal(isWhole(group('all'), ['a', 'b', 'c'], index), true);
    assert.equal(isWhole(group('all'), ['a'], index), false);
    assert.equal(isWhole(tag('x'), ['b'], index), false);
  });

  it('is known as gone when no source has it any more', () => {
    const ticked = { ...nothing, groups: new Set(['g', 'old']), tags: new Set(['x', 'y']) };
    assert.deepEqual(goneSets(ticked, index), [group('old'), tag('y')]);
  });
});
