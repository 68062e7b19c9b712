import assert from 'node:assert/strict';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { Limits, Strategy } from '../../core/run/strategy.ts';
import { choicesOf } from '../../extension/model/howItRuns.ts';

const strategy: Strategy = { mode: 'parallel', concurrency: 10, stopOnFailure: false };
const limits: Limits = { timeoutMs: 1000, connectTimeoutMs: 1000 };
const request: PlanRequest = { action: { type: 'command', command: 'id' }, selection: 'all', sources: [] };

function choose(label: string, text = '', from: PlanRequest = request): PlanRequest | undefined {
  const choice = choicesOf({ strategy, limits }).find((each) => each.label.startsWith(label));
  assert.ok(choice, label);
  return choice.with(from, text);
}

describe('how a plan runs', () => {
  it('is listed as it is now', () => {
    assert.deepEqual(
      choicesOf({ strategy: { ...strategy, maxFailures: '5%' }, limits }).map((each) => each.description),
      ['now', '', '', '10', 'no', '5%', 'never'],
    );
  });

  it('changes to waves, and back without what belongs to waves', () => {
    const rolling = choose('In waves', '1, 10%');
    assert.deepEqual(rolling?.strategy, { mode: 'rolling', waves: [1, '10%'], barrier: { type: 'ask' } });
    assert.deepEqual(choose('In parallel', '', rolling)?.strategy, { mode: 'parallel' });
  });

  it('takes numbers, budgets and retries', () => {
    assert.deepEqual(choose('At once', '25')?.strategy, { concurrency: 25 });
    assert.deepEqual(choose('Failures', '5%')?.strategy, { maxFailures: '5%' });
    assert.deepEqual(choose('Failures', '', choose('Failures', '3'))?.strategy, {});
    assert.deepEqual(choose('Try again', '2')?.limits, { retries: { count: 2 } });
    assert.deepEqual(choose('Stop after')?.strategy, { stopOnFailure: true });
  });

  it('does not take what can not be read', () => {
    const texts: readonly (readonly [string, string])[] = [
      ['In waves', '1,,2'],
      ['At once', '0'],
      ['At once', '257'],
      ['Failures', '101%'],
      ['Try again', 'x'],
    ];
    for (const [label, text] of texts) assert.equal(choose(label, text), undefined, `${label} ${text}`);
  });
});
