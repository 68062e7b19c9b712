import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyTicks, countTicked, invertTicks, matchTicks } from '../../extension/model/ticks.ts';

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));

describe('ticks', () => {
  it('take the later of two changes to the same node', () => {
    const changes = [
      { names: ['a', 'b'], ticked: true },
      { names: ['b'], ticked: false },
    ];
    assert.deepEqual([...applyTicks(new Set(['c']), changes)], ['c', 'a']);
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
        const once = applyTicks(new Set(before), change);
        assert.deepEqual(applyTicks(once, change), once);
        assert.equal(countTicked(once, changed), ticked ? changed.length : 0);
      }),
    );
  });
});
