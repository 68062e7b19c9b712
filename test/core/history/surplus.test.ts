import assert from 'node:assert/strict';
import { surplusOf } from '../../../core/history/surplus.ts';

const day = 86_400_000;
const now = 100 * day;
const unlimited = { keepMs: Infinity, batches: Infinity, bytes: Infinity };

/** Batches of 10 bytes each, the newest first, so many days old. */
const kept = (...ages: readonly number[]) =>
  ages.map((age) => ({ id: `${age} days`, changedAt: now - age * day, bytes: 10 }));

describe('what is kept of the history', () => {
  it('is everything within the limits', () => {
    assert.deepEqual(surplusOf(kept(1, 2, 3), { keepMs: 3 * day, batches: 3, bytes: 30 }, now), []);
  });

  it('goes by age, by number and by size, the oldest first', () => {
    assert.deepEqual(surplusOf(kept(1, 5, 9), { ...unlimited, keepMs: 4 * day }, now), ['9 days', '5 days']);
    assert.deepEqual(surplusOf(kept(1, 2, 3), { ...unlimited, batches: 1 }, now), ['3 days', '2 days']);
    assert.deepEqual(surplusOf(kept(1, 2, 3), { ...unlimited, bytes: 29 }, now), ['3 days']);
  });

  it('goes by the last change: what began long ago and has just ended stays', () => {
    assert.deepEqual(surplusOf(kept(1, 0, 9), { ...unlimited, keepMs: 4 * day }, now), ['9 days']);
  });

  it('has the newest batch, however large it is', () => {
    assert.deepEqual(surplusOf(kept(1, 2), { ...unlimited, bytes: 5 }, now), ['2 days']);
  });
});
