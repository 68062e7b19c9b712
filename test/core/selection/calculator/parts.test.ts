import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldSet } from '../../../../core/selection/calculator/fold.ts';
import { sizeOf } from '../../../../core/selection/calculator/nodeSet.ts';
import { namesInOrder } from '../../../../core/selection/calculator/order.ts';
import { contiguousParts, sliceSet, splitSet } from '../../../../core/selection/calculator/parts.ts';
import { expand, setOf } from './calculating.ts';

function slice(text: string, places: string): string {
  const sliced = sliceSet(setOf(text), places);
  return sliced instanceof Map ? foldSet(sliced) : sliced.message;
}

const sets = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'r1n', 'r2n'), fc.nat(15)), { maxLength: 25 })
  .map((all) => all.map((parts) => parts.join('')).join(','));

describe('A part of a node set', () => {
  const slices: readonly (readonly [string, string, string])[] = [
    ['n[1-10]', '0-2', 'n[1-3]'],
    ['n[0-20]', '2-8/2', 'n[2,4,6,8]'],
    ['n[1-4]', '3,0', 'n[1,4]'],
    ['n[1-4]', '2-99', 'n[3-4]'],
    ['n[1-4]', '7', ''],
    ['b1,a[1-2]', '1-2', 'a2,b1'],
    ['n[1-4]', '-1', ''],
    ['n[1-4]', '-3--2', 'n[2-3]'],
    ['n[1-4]', '4-0', 'The range 4-0 is backwards.'],
    ['n[1-4]', 'x', '“x” is not a range.'],
    ['n[1-4]', '0-1000001', 'The slice is too long.'],
  ];
  for (const [text, places, expected] of slices) {
    it(`of ${text} at ${places} is ${expected || 'nothing'}`, () =>
      assert.equal(slice(text, places), expected));
  }

  it('has the names at its places of the sorted names', () => {
    fc.assert(
      fc.property(sets, fc.nat(10), fc.nat(10), (text, from, length) => {
        const sliced = sliceSet(setOf(text), `${from}-${from + length}`);
        assert.ok(sliced instanceof Map);
        assert.deepEqual([...namesInOrder(sliced)], expand(...expand(text).slice(from, from + length + 1)));
      }),
    );
  });
});

describe('A node set that is split', () => {
  const splits: readonly (readonly [string, number, string[]])[] = [
    ['n[1-10]', 3, ['n[1-4]', 'n[5-7]', 'n[8-10]']],
    ['n[1-2]', 5, ['n1', 'n2']],
    ['a[1-2],b[1-2]', 2, ['a[1-2]', 'b[1-2]']],
    ['n[1-3]', 1, ['n[1-3]']],
    ['', 3, []],
  ];
  for (const [text, parts, expected] of splits) {
    it(`into ${parts} is ${JSON.stringify(expected)}: ${text}`, () =>
      assert.deepEqual(
        splitSet(setOf(text), parts).map((part) => foldSet(part)),
        expected,
      ));
  }

  it('keeps all of its names in order, in parts that differ by one name at most', () => {
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 12 }), (text, count) => {
        const parts = splitSet(setOf(text), count);
        const names = parts.flatMap((part) => [...namesInOrder(part)]);
        const sizes = parts.map(sizeOf);
        assert.deepEqual(names.toSorted(), expand(text).toSorted());
        assert.equal(parts.length, Math.min(count, names.length));
        assert.ok(Math.max(0, ...sizes) - Math.min(...sizes) <= 1 || sizes.length === 0);
      }),
    );
  });
});

describe('A node set without gaps', () => {
  const parts: readonly (readonly [string, string[]])[] = [
    ['n[1-3,5,7-8]', ['n[1-3]', 'n5', 'n[7-8]']],
    ['n[8-11]', ['n[8-11]']],
    ['n[08-11,12,013]', ['n[08-12]', 'n013']],
    ['b,a[1,3]', ['a1', 'a3', 'b']],
    ['r[1-2,4]n[1,3]', ['r[1-2]n1', 'r[1-2]n3', 'r4n1', 'r4n3']],
  ];
  for (const [text, expected] of parts) {
    it(`comes in parts: ${text} in ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(
        contiguousParts(setOf(text)).map((part) => foldSet(part)),
        expected,
      ));
  }
});
