import assert from 'node:assert/strict';
import type { Retries } from '../../../core/run/schedule/backoff.ts';
import { type Script, wellBehaved } from './fakeTransport.ts';
import { type Ran, runPlan, type Scenario } from './runPlan.ts';

const started = ({ events }: Ran): string[] =>
  events.flatMap((event) => (event.type === 'executionStarted' ? [event.execution] : []));
const ended = ({ events }: Ran): string[] =>
  events.flatMap((event) => (event.type === 'executionFinished' ? [event.execution] : []));
const statuses = ({ state }: Ran): string[] => state.executions.map(({ status }) => status);

const five: readonly Script[] = Array.from({ length: 5 }, () => wellBehaved);
const inOrder = ['e1', 'e2', 'e3', 'e4', 'e5'];
const askAboutThird = (yes: boolean): Pick<Scenario, 'asked'> => ({
  asked: (node) => (node === 'n3' ? { yes, afterMs: 5000 } : undefined),
});

describe('the order of a batch whose host keys are not all known', () => {
  for (const strategy of [
    { mode: 'sequential' },
    { mode: 'rolling', waves: [1], concurrency: 10 },
  ] satisfies Scenario['strategy'][]) {
    describe(strategy.mode, () => {
      it('holds: nothing starts before the answer', async () => {
        const ran = await runPlan({ scripts: five, strategy, ...askAboutThird(true) });
        assert.deepEqual(started(ran), inOrder);
        assert.deepEqual(ended(ran), inOrder);
        assert.ok(Math.min(...ran.starts) >= 5000, ran.starts.join());
      });

      it('fails who was refused in its turn, and with fail-fast touches nobody after it', async () => {
        const ran = await runPlan({
          scripts: five,
          strategy: { ...strategy, stopOnFailure: true },
          ...askAboutThird(false),
        });
        assert.deepEqual(started(ran), ['e1', 'e2']);
        assert.deepEqual(statuses(ran), ['ok', 'ok', 'unreachable', 'not-started', 'not-started']);
      });

      it('holds where a key is only found by connecting', async () => {
        const scripts = five.with(2, { ...wellBehaved, connect: 'unknown-key' });
        const ran = await runPlan({ scripts, strategy, trust: { yes: true, afterMs: 5000 } });
        assert.deepEqual(ended(ran), inOrder);
        assert.deepEqual(statuses(ran), ['ok', 'ok', 'ok', 'ok', 'ok']);
      });

      it('ends at once when it is cancelled while it waits', async () => {
        const stops = [{ at: 100, which: 'all' as const }];
        const ran = await runPlan({ scripts: five, strategy, stops, ...askAboutThird(true) });
        assert.deepEqual(
          statuses(ran),
          inOrder.map(() => 'cancelled'),
        );
        const end = ran.events.at(-1)!;
        assert.equal(end.type, 'batchFinished');
        assert.equal(end.at - ran.state.startedAt, 100);
      });
    });
  }

  it('does not count in parallel: the others go on', async () => {
    const ran = await runPlan({ scripts: five, ...askAboutThird(true) });
    assert.deepEqual(started(ran), ['e1', 'e2', 'e4', 'e5', 'e3']);
  });

  it('holds where a node is tried again, one after the other', async () => {
    const retries: Retries = {
      count: 2,
      backoff: 'constant',
      delayMs: 1000,
      maxDelayMs: 1000,
      on: ['unreachable'],
      idempotent: false,
    };
    const scripts = five.with(1, { ...wellBehaved, flaky: 1 });
    const ran = await runPlan({
      scripts,
      strategy: { mode: 'sequential' },
      limits: { retries },
    });
    assert.deepEqual(ended(ran), inOrder);
  });
});
