import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Operator } from '../../../../core/selection/calculator/scan.ts';
import { foldSet } from '../../../../core/selection/calculator/fold.ts';
import { calculated, count, expand, fold, setOf, valueOf } from './calculating.ts';

/** Numbers with zeros in front and without, in ranges with steps and without. */
const spans = fc
  .tuple(fc.nat(25), fc.nat(12), fc.constantFrom(1, 1, 2, 3), fc.constantFrom(0, 0, 2, 3))
  .map(([first, length, step, width]) => {
    const [from, to] = [first, first + length].map((value) => String(value).padStart(width, '0'));
    if (from?.length !== to?.length && width > 0) return `${from}`;
    return length === 0 ? `${from}` : `${from}-${to}${step === 1 ? '' : `/${step}`}`;
  });
const bracket = fc.array(spans, { minLength: 1, maxLength: 3 }).map((all) => `[${all.join(',')}]`);
const piece = fc.oneof(bracket, fc.nat(30).map(String), fc.constant(''));
const term = fc
  .tuple(fc.constantFrom('n', 'web', 'r-', 'x%'), piece, fc.constantFrom('', 'n', '.b', '-'), piece)
  .map(([before, first, between, second]) =>
    between === '' ? before + first : before + first + between + second,
  );
const nodeSet = fc.array(term, { minLength: 1, maxLength: 4 }).map((terms) => terms.join(','));

function by(left: string, operator: Operator, right: string): string[] {
  const operations = [
    { operator: ',', texts: [left] },
    { operator, texts: [right] },
  ] as const;
  const { set } = valueOf(calculated(operations));
  return expand(foldSet(set));
}

describe('Any node set', () => {
  it('is the same names after it was folded, in the same order', () => {
    fc.assert(
      fc.property(nodeSet, (text) => {
        const names = expand(text);
        assert.equal(new Set(names).size, names.length);
        assert.deepEqual(expand(fold(text)), names);
        assert.deepEqual(expand(names.join(',')), names);
      }),
      { numRuns: 500 },
    );
  });

  it('folds to the same text, whichever way its names are written', () => {
    fc.assert(
      fc.property(nodeSet, fc.infiniteStream(fc.nat()), (text, ranks) => {
        const folded = fold(text);
        const shuffled = expand(text)
          .map((name) => ({ name, rank: ranks.next().value }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ name }) => name);
        assert.equal(fold(shuffled.join(',')), folded);
        assert.equal(fold(folded), folded);
      }),
    );
  });

  it('names the same however it is folded', () => {
    const axes = fc.option(fc.array(fc.constantFrom(-2, -1, 0, 1), { maxLength: 2 }), { nil: undefined });
    fc.assert(
      fc.property(nodeSet, fc.integer({ min: 2, max: 6 }), axes, (text, autostep, places) => {
        assert.deepEqual(expand(fold(text, { autostep, axes: places })), expand(text));
      }),
    );
  });

  it('is counted without being made', () => {
    fc.assert(
      fc.property(nodeSet, (text) => assert.equal(count(text), BigInt(expand(text).length))),
      { numRuns: 500 },
    );
  });
});

describe('Any two node sets', () => {
  it('unite, intersect and differ as sets of their names do', () => {
    const meaning: Readonly<Record<Operator, (mine: boolean, other: boolean) => boolean>> = {
      ',': (mine, other) => mine || other,
      '&': (mine, other) => mine && other,
      '!': (mine, other) => mine && !other,
      '^': (mine, other) => mine !== other,
    };
    fc.assert(
      fc.property(nodeSet, nodeSet, fc.constantFrom<Operator>(',', '&', '!', '^'), (a, b, operator) => {
        const [mine, other] = [new Set(expand(a)), new Set(expand(b))];
        const all = expand(a, b);
        const kept = all.filter((name) => meaning[operator](mine.has(name), other.has(name)));
        // What a name is sorted by depends on the others in the set.
        assert.deepEqual(by(a, operator, b), expand(...kept));
      }),
      { numRuns: 500 },
    );
  });

  it('keep the laws of sets', () => {
    const sizeOf = (left: string, operator: Operator, right: string): number =>
      by(left, operator, right).length;
    fc.assert(
      fc.property(nodeSet, nodeSet, (a, b) => {
        assert.deepEqual(by(a, ',', b), by(b, ',', a));
        assert.deepEqual(by(a, '&', b), by(b, '&', a));
        assert.deepEqual(by(a, '^', b), by(b, '^', a));
        assert.deepEqual([by(a, '!', a), by(a, '^', a)], [[], []]);
        assert.deepEqual([by(a, '&', a), by(a, ',', a)], [expand(a), expand(a)]);
        assert.equal(sizeOf(a, ',', b), setSize(a) + setSize(b) - sizeOf(a, '&', b));
        assert.equal(sizeOf(a, '^', b), sizeOf(a, '!', b) + sizeOf(b, '!', a));
      }),
    );
  });
});

function setSize(text: string): number {
  return [...setOf(text).values()].reduce((size, { rows }) => size + rows.size, 0);
}
