import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBucket } from '../../../../core/run/schedule/bucket.ts';
import { parseRate } from '../../../../core/run/schedule/rate.ts';
import { waveSizes } from '../../../../core/run/schedule/waves.ts';
import { wellBehaved } from '../fakeTransport.ts';
import { runPlan } from '../runPlan.ts';
import { createVirtualClock } from '../virtualClock.ts';

const never = new AbortController().signal;

describe('a rate', () => {
  it('is kept within 2 % over a thousand starts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.2, max: 500, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        async (perSecond, burst) => {
          const clock = createVirtualClock();
          const begin = clock.now();
          const bucket = createBucket({ perSecond, burst }, clock);
          const all = Promise.all(Array.from({ length: 1000 }, () => bucket.take(never)));
          await clock.runUntil(all);
          const seconds = (clock.now() - begin) / 1000;
          const measured = (1000 - burst) / seconds;
          assert.ok(Math.abs(measured / perSecond - 1) < 0.02, `${measured} instead of ${perSecond}`);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is never more than its burst at once, nor than the rate allows in any window', async () => {
    const rate = { perSecond: 10, burst: 3 };
    const { starts } = await runPlan({
      scripts: Array.from({ length: 40 }, () => ({ ...wellBehaved, connectMs: 0, execMs: 5 })),
      strategy: { rate, concurrency: 40 },
    });
    starts.forEach((from, at) => {
      const within = starts.slice(at).filter((start) => start < from + 1000).length;
      assert.ok(within <= rate.burst + rate.perSecond, `${within} in the second from ${from} ms`);
    });
  });

  it('counts retries as connections', async () => {
    const { starts } = await runPlan({
      scripts: Array.from({ length: 4 }, () => ({ ...wellBehaved, connect: 'refused' as const })),
      strategy: { connectRate: { perSecond: 1, burst: 1 }, concurrency: 4 },
      limits: {
        retries: {
          count: 1,
          backoff: 'constant',
          delayMs: 10,
          maxDelayMs: 10,
          on: ['unreachable'],
          idempotent: false,
        },
      },
    });
    assert.equal(starts.length, 8);
    const gaps = starts.slice(1).map((start, at) => start - (starts[at] ?? 0));
    assert.ok(Math.min(...gaps) >= 1000 - 1e-6, gaps.join());
  });

  it('saves up no starts while the batch is paused', async () => {
    const { starts } = await runPlan({
      scripts: Array.from({ length: 6 }, () => ({ ...wellBehaved, connectMs: 0, execMs: 5 })),
      strategy: { rate: { perSecond: 1, burst: 1 }, concurrency: 6 },
      controls: [
        { at: 500, control: { type: 'pause' } },
        { at: 60_500, control: { type: 'resume' } },
      ],
    });
    assert.equal(starts.filter((start) => start > 0 && start < 60_500).length, 0, starts.join());
    const later = starts.filter((start) => start >= 60_500);
    const gaps = later.slice(1).map((start, at) => start - (later[at] ?? 0));
    assert.ok(Math.min(...gaps) >= 1000 - 1e-6, later.join());
  });

  it('is written a second, a minute or an hour', () => {
    assert.deepEqual(['5', '0.5/s', '30/m', '36/h, 4', '0', '5/d', '20000', '5,0', ''].map(parseRate), [
      { perSecond: 5, burst: 1 },
      { perSecond: 0.5, burst: 1 },
      { perSecond: 0.5, burst: 1 },
      { perSecond: 0.01, burst: 4 },
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('waves', () => {
  it('hold every node once, whatever their sizes', () => {
    const share = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom('1%', '10%', '33.3%', '100%'));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(share, { minLength: 1, maxLength: 4 }),
        (count, ramp) => {
          const sizes = waveSizes(count, ramp);
          assert.equal(
            sizes.reduce((sum, size) => sum + size, 0),
            count,
          );
          assert.ok(sizes.every((size) => size >= 1));
        },
      ),
    );
    assert.deepEqual(waveSizes(20, [1, '10%', '50%']), [1, 2, 10, 7]);
  });
});
