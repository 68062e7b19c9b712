import assert from 'node:assert/strict';
import { isExpression } from '../../extension/model/filter.ts';
import { foldRanges } from '../../extension/model/ranges.ts';

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);

describe('Rows of a long list', () => {
  it('hold names of one shape each', () => {
    const runs = foldRanges([...names('r', 5), ...names('m', 250), ...names('r', 3)]);
    assert.deepEqual(
      runs.map((run) => [run[0], run.length]),
      [
        ['r1', 5],
        ['m1', 100],
        ['m101', 100],
        ['m201', 50],
        ['r1', 3],
      ],
    );
  });

  it('take names together that are alone in their shape', () => {
    const mixed = names('a', 150).flatMap((name, at) => [name, `b${at}`]);
    assert.deepEqual(
      foldRanges(mixed).map((run) => run.length),
      [100, 100, 100],
    );
  });
});

describe('A filter', () => {
  for (const [text, is] of [
    ['web!13', true],
    ['web 13', false],
    ['tag:web', true],
  ] as const)
    it(`${text} is ${is ? 'an expression' : 'words to look for'}`, () =>
      assert.equal(isExpression(text), is));
});
