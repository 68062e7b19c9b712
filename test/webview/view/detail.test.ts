import assert from 'node:assert/strict';
import { detailOf } from '../../../webview/view/detail.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';

const start = 1_000_000;

describe('the detail of what crashed', () => {
  it('has the stack where the batch kept it, and nothing that acts', () => {
    const batch = fakeBatch({
      nodes: ['a'],
      command: 'x',
      selection: 'all',
      concurrency: 1,
      startedAt: start,
    });
    batch.end('e0', { status: 'crashed', message: 'oops', stack: 'Error\n  at \u202ex' }, start + 10);
    const [execution] = batch.state.executions;
    assert.ok(execution);
    assert.equal(detailOf(batch.state, execution, start).stack, 'Error\n  at \\u202ex');
  });
});
