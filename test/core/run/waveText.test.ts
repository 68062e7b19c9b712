import assert from 'node:assert/strict';
import { overBudget } from '../../../core/run/failures.ts';
import { orderText } from '../../../core/run/waveText.ts';

describe('what is said about the order and the failures of a batch', () => {
  it('tells sizes of waves from how many run at once', () => {
    const text = orderText({ mode: 'rolling', waves: [1, 4], concurrency: 10, stopOnFailure: false });
    assert.equal(text, 'in waves of 1, then 4; 10 at once');
    const together = orderText({ mode: 'parallel', concurrency: 3, stopOnFailure: false, lockstep: true });
    assert.equal(together, 'parallel, 3 at once, in lockstep');
  });

  it('says in plain words that too many failed', () => {
    assert.deepEqual(
      [
        overBudget(1, 0, 'in the batch'),
        overBudget(2, 1, 'in wave 2'),
        overBudget(3, 2, 'in the batch'),
        overBudget(3, '5%', 'in the batch'),
      ],
      [
        '1 failure, and none is allowed in the batch',
        '2 failures, and only 1 is allowed in wave 2',
        '3 failures, and only 2 are allowed in the batch',
        '3 failures, and only 5% of the nodes in the batch may fail',
      ],
    );
  });
});
