import assert from 'node:assert/strict';
import { timeLeft } from '../../../core/run/timeLeft.ts';
import { type FakeBatch, fakeBatch } from '../../webview/fixtures/fakeBatch.ts';

const start = 1_000_000;

describe('the time that a batch will take yet', () => {
  it('comes from its own pace once a fifth is done', () => {
    const batch = running(10, 5);
    endFirst(batch, 1);
    assert.equal(timeLeft(batch.state, start + 4_000), undefined);
    endFirst(batch, 2);
    assert.equal(timeLeft(batch.state, start + 4_000), 16_000);
  });

  it('comes before that from how long it took before, and is not less than nothing', () => {
    const batch = running(10, 5);
    assert.equal(timeLeft(batch.state, start + 4_000, 30_000), 26_000);
    assert.equal(timeLeft(batch.state, start + 31_000, 30_000), undefined);
  });

  it('is not said below a second, nor while the batch waits or has ended', () => {
    const batch = running(10, 10);
    endFirst(batch, 8);
    assert.equal(timeLeft(batch.state, start + 3_900), undefined);
    const { state } = running(10, 5);
    for (const waits of [{ paused: true }, { cancelRequested: true }, { status: 'partial' as const }])
      assert.equal(timeLeft({ ...state, ...waits }, start + 4_000, 30_000), undefined);
  });

  it('is not said once one of the last takes three times as long as any that ended', () => {
    const batch = running(10, 10);
    endFirst(batch, 5);
    assert.equal(timeLeft(batch.state, start + 8_900), 8_900);
    assert.equal(timeLeft(batch.state, start + 9_100), undefined);
    assert.equal(timeLeft(batch.state, start + 9_100, 15_000), 5_900);
  });
});

/** A batch of which the first nodes run. */
function running(nodes: number, started: number): FakeBatch {
  const names = Array.from({ length: nodes }, (_, at) => `n${at}`);
  const batch = fakeBatch({
    nodes: names,
    command: 'x',
    selection: 'all',
    concurrency: 10,
    startedAt: start,
  });
  for (let at = 0; at < started; at++) batch.run(`e${at}`, start);
  return batch;
}

/** Each of them took three seconds. */
function endFirst(batch: FakeBatch, count: number): void {
  for (let at = 0; at < count; at++)
    if (!batch.state.executions[at]?.outcome) batch.end(`e${at}`, { status: 'ok' }, start + 3_000);
}
