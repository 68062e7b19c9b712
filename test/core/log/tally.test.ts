import assert from 'node:assert/strict';
import { createTally } from '../../../core/log/tally.ts';
import type { RunEvent } from '../../../core/run/events.ts';
import { eventsOf, exit3, ok } from '../../cli/fixture.ts';

const end: RunEvent = { type: 'batchFinished', end: 'partial' };

describe('what is counted', () => {
  it('adds up over batches: ends, times, bytes, connections, retries', () => {
    const tally = createTally(5);
    for (const batch of ['one', 'two']) {
      const events = eventsOf(
        { a: { outcome: ok, stdout: 'hello', to: 90 }, b: { outcome: exit3, stderr: 'no', to: 2000 } },
        end,
      );
      // However its events come together.
      tally.add({ batch, events: events.slice(0, 5) });
      tally.add({ batch, events: events.slice(5) });
    }
    const { durations, ...counters } = tally.counters();
    assert.deepEqual(counters, {
      since: 5,
      batches: { started: 2, ended: { partial: 2 } },
      executions: { planned: 4, started: 4, ended: { ok: 2, failed: 2 } },
      retries: 0,
      connections: { opened: 0, reused: 0 },
      bytes: { stdout: 10, stderr: 4 },
    });
    assert.deepEqual([durations.count, durations.totalMs], [4, 4180]);
    const steps = durations.steps.filter(({ count }) => count > 0);
    assert.deepEqual(steps, [
      { upToMs: 100, count: 2 },
      { upToMs: 3000, count: 2 },
    ]);
  });

  it('tells connections that were made from those that were there', () => {
    const tally = createTally(0);
    const connection = { transport: 'ssh', host: 'h', via: [] };
    const connected = { type: 'connected', seq: 1, at: 0 } as const;
    tally.add({
      batch: 'b',
      events: [
        { ...connected, execution: 'e1', connection },
        { ...connected, execution: 'e2', connection: { ...connection, reused: true } },
        { type: 'attemptStarted', seq: 3, at: 0, execution: 'e1', attempt: 2 },
      ],
    });
    const { connections, retries } = tally.counters();
    assert.deepEqual([connections, retries], [{ opened: 1, reused: 1 }, 1]);
  });
});
