import assert from 'node:assert/strict';
import { filesToRepeat, partCounts, sumCounts, summaryLine } from '../../scripts/testing/counts.ts';

describe('the count of tests', () => {
  const cases = [
    { title: 'reads a clean run', printed: '\n  12 passing (3s)\n', exit: 0, line: '12 passed, 0 failed' },
    {
      title: 'reads all three words, coloured or not',
      printed: '\u001b[32m  12 passing\u001b[0m (3s)\n  2 pending\n  1 failing\n',
      exit: 1,
      line: '12 passed, 1 failed, 2 skipped',
    },
    {
      title: 'adds the runs of one part',
      printed: '  3 passing (1s)\nbetween\n  4 passing (1s)\n',
      exit: 0,
      line: '7 passed, 0 failed',
    },
    {
      title: 'takes an exit code without a failed test for a failure',
      printed: '  3 passing (1s)\n',
      exit: 2,
      line: '3 passed, 1 failed',
    },
    {
      title: 'takes a part without tests for a failure',
      printed: 'done\n',
      exit: 0,
      line: '0 passed, 1 failed',
    },
    {
      title: 'is not misled by titles',
      printed: '    ✔ 9 passing cars\n  1 passing\n',
      exit: 0,
      line: '1 passed, 0 failed',
    },
  ];
  for (const { title, printed, exit, line } of cases) {
    it(title, () => assert.equal(summaryLine(partCounts(printed, exit)), line));
  }

  it('sums the parts', () => {
    const sum = sumCounts([
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 3, failed: 1, skipped: 0 },
    ]);
    assert.deepEqual(sum, { passed: 4, failed: 1, skipped: 2 });
  });

  const ok = { passed: 3, failed: 0, skipped: 0 };
  const bad = { passed: 2, failed: 1, skipped: 0 };

  it('gives files with a failure a second chance', () => {
    assert.deepEqual(filesToRepeat({ 'a.ts': ok, 'b.ts': bad }), ['b.ts']);
  });

  it('gives none when much fails, or something outside of files', () => {
    assert.deepEqual(filesToRepeat({ a: bad, b: bad, c: bad, d: bad }), []);
    assert.deepEqual(filesToRepeat({ '': bad, b: bad }), []);
  });
});
