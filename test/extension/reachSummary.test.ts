import assert from 'node:assert/strict';
import { reachSummary } from '../../extension/model/reachSummary.ts';

describe('what a check of reachability says', () => {
  it('adds up to the nodes that were meant', () => {
    assert.equal(reachSummary(['reachable']), '1 of 1 node answers.');
    assert.equal(
      reachSummary(['reachable', 'unreachable', 'unknown', 'unknown']),
      '1 of 4 nodes answer, 1 does not, 2 could not be asked.',
    );
  });
});
