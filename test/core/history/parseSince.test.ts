import assert from 'node:assert/strict';
import { parseSince } from '../../../core/history/parseSince.ts';

const now = Date.UTC(2026, 10, 21, 12);

describe('a moment that is over', () => {
  const cases: readonly [string, number | undefined][] = [
    ['2h', now - 7_200_000],
    ['30d', now - 30 * 86_400_000],
    ['2026-11-20T18:00:00Z', Date.UTC(2026, 10, 20, 18)],
    ['2026-11-20', new Date(2026, 10, 20).getTime()],
    ['2026-11-20 18:30', new Date(2026, 10, 20, 18, 30).getTime()],
    ['2026', undefined],
    ['2026-13-40', undefined],
    ['yesterday', undefined],
  ];
  for (const [text, wanted] of cases) {
    it(`is ${wanted === undefined ? 'not ' : ''}written ${text}`, () => {
      assert.equal(parseSince(text, now), wanted);
    });
  }
});
