import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calculate, readCalculation } from '../../../../core/selection/calculator/calculate.ts';
import { foldRangeSet } from '../../../../core/selection/calculator/fold.ts';
import { countSpans, expandSpans, readRangeSet } from '../../../../core/selection/calculator/rangeSet.ts';
import { foldNumbers } from '../../../../core/selection/nodeset/runs.ts';
import { valueOf } from './calculating.ts';

function spansOf(text: string) {
  const spans = readRangeSet(text);
  assert.ok(!('message' in spans), text);
  return spans;
}

function folded(text: string, autostep?: number): string {
  const read = valueOf(readCalculation([{ operator: ',', texts: text.split(' ') }], 'numbers'));
  return foldRangeSet(valueOf(calculate(read)).set, { autostep });
}

describe('A range set', () => {
  const read: readonly (readonly [string, string])[] = [
    ['1-5,7', '1 2 3 4 5 7'],
    ['001-010/3', '001 004 007 010'],
    ['10-8', 'The range 10-8 is backwards.'],
    ['-2-1', '-2 -1 0 1'],
    ['-5--3', '-5 -4 -3'],
    [' 1 - 3 , 9 ', '1 2 3 9'],
    ['00-02', '00 01 02'],
    [
      '99999999999999999998-100000000000000000000',
      '99999999999999999998 99999999999999999999 100000000000000000000',
    ],
  ];
  for (const [text, expected] of read) {
    it(`${text} is ${expected}`, () => {
      const spans = readRangeSet(text);
      assert.equal('message' in spans ? spans.message : expandSpans(spans).join(' '), expected);
    });
  }

  for (const text of [
    '',
    '1,',
    '1-',
    '1/2',
    '1-3/0',
    '1-3/x',
    '01-100',
    '1-010',
    '-01-02',
    'a',
    '1--',
    '00-0',
    '9'.repeat(101),
  ]) {
    it(`is not what ${JSON.stringify(text.slice(0, 12))} is`, () =>
      assert.ok('message' in readRangeSet(text)));
  }

  it('folds numbers of each padding apart, the shorter ones first', () => {
    assert.equal(folded('1 2 3 010 011'), '1-3,010-011');
    assert.equal(folded('9 10 11 09'), '9,09-11');
    assert.equal(folded('1-9/2'), '1,3,5,7,9');
    assert.equal(folded('1-9/2', 3), '1-9/2');
    assert.equal(folded('-3--1 5'), '-3--1,5');
  });

  it('is counted without being made, each number once', () => {
    assert.equal(countSpans(spansOf('1-1000000000000,5-7')), 10n ** 12n);
    assert.equal(countSpans(spansOf(`-${'9'.repeat(50)}-${'9'.repeat(50)}`)), 2n * (10n ** 50n - 1n) + 1n);
    const span = fc
      .tuple(fc.nat(40), fc.nat(30), fc.constantFrom(1, 1, 1, 4), fc.constantFrom(0, 0, 3))
      .map(
        ([first, length, step, width]) =>
          [first, first + length].map((value) => String(value).padStart(width, '0')).join('-') + `/${step}`,
      );
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 5 }), (all) => {
        const spans = spansOf(all.join(','));
        assert.equal(countSpans(spans), BigInt(new Set(expandSpans(spans)).size));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same numbers after folding, with steps and without', () => {
    const numbers = fc.uniqueArray(
      fc
        .tuple(fc.nat(60), fc.constantFrom(1, 1, 2, 3))
        .map(([value, width]) => String(value).padStart(width, '0')),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(numbers, fc.constantFrom(Infinity, 2, 3, 4), (some, autostep) => {
        const back = expandSpans(spansOf(foldNumbers(some, autostep)));
        assert.deepEqual(back.toSorted(), some.toSorted());
      }),
      { numRuns: 1000 },
    );
  });
});
