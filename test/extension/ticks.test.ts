import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  applyTicks,
  countTicked,
  invertTicks,
  matchTicks,
  nothingTicked,
  tickedNames,
  viaGroups,
} from '../../extension/model/ticks.ts';
import { sketch } from './inventories.ts';

const index = sketch({ nodes: { a: [], b: [], c: [] }, groups: { g: ['a', 'b'], all: ['@g', 'c'] } });

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));

describe('ticks', () => {
  it('take the later of two changes to the same node', () => {
    const changes = [
      { names: ['a', 'b'], ticked: true },
      { names: ['b'], ticked: false },
    ];
    const before = { nodes: new Set(['c']), groups: new Set<string>() };
    assert.deepEqual([...applyTicks(before, changes, index).nodes], ['c', 'a']);
  });

  it('split into what is there, in inventory order, and what is gone', () => {
    assert.deepEqual(matchTicks(new Set(['gone', 'b', 'a']), ['a', 'b', 'c']), {
      present: ['a', 'b'],
      gone: ['gone'],
    });
  });

  it('inverted twice are what they were', () => {
    fc.assert(
      fc.property(names, names, (all, some) => {
        const ticks = new Set(all.filter((name) => some.includes(name)));
        assert.deepEqual(invertTicks(invertTicks(ticks, all), all), ticks);
      }),
    );
  });

  it('set twice are the same as set once', () => {
    fc.assert(
      fc.property(names, names, fc.boolean(), (before, changed, ticked) => {
        const change = [{ names: changed, ticked }];
        const once = applyTicks({ nodes: new Set(before), groups: new Set<string>() }, change, index);
        assert.deepEqual(applyTicks(once, change, index), once);
        assert.equal(countTicked(once.nodes, changed), ticked ? changed.length : 0);
      }),
    );
  });

  it('of a group stand for all its nodes, also those that come later', () => {
    const ticked = applyTicks(nothingTicked, [{ names: ['a', 'b'], ticked: true, group: 'g' }], index);
    assert.deepEqual([...tickedNames(ticked, index)], ['a', 'b']);
    const later = sketch({ nodes: { a: [], b: [], d: [] }, groups: { g: ['a', 'b', 'd'] } });
    assert.deepEqual([...tickedNames(ticked, later)], ['a', 'b', 'd']);
    assert.deepEqual(viaGroups('a', ticked, index), ['g']);
  });

  it('of a group become those of its other nodes when one is taken away', () => {
    const ticked = applyTicks(nothingTicked, [{ names: ['a', 'b', 'c'], ticked: true, group: 'all' }], index);
    const less = applyTicks(ticked, [{ names: ['b'], ticked: false }], index);
    assert.deepEqual([[...less.nodes], [...less.groups]], [['a', 'c'], []]);
    assert.deepEqual(viaGroups('a', less, index), []);
  });
});
