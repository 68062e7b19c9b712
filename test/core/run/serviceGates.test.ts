import assert from 'node:assert/strict';
import { createServiceGates } from '../../../core/run/schedule/serviceGates.ts';
import { through } from '../../../core/run/schedule/gates.ts';
import { createVirtualClock } from './virtualClock.ts';

const service = { baseUrl: 'http://127.0.0.1', headers: {} };
const { signal } = new AbortController();

describe('the limits of a service', () => {
  it('let so many begin a second, after a burst, whichever batch they are of', async () => {
    const clock = createVirtualClock();
    const gates = createServiceGates(clock);
    const limited = { ...service, rate: { perSecond: 2, burst: 3 } };
    const begun: number[] = [];
    const all = Array.from({ length: 6 }, () =>
      through(gates.of('cmdb', limited), async () => void begun.push(clock.now()), signal),
    );
    await clock.runUntil(Promise.all(all));
    const [first = 0] = begun;
    assert.deepEqual(
      begun.map((at) => at - first),
      [0, 0, 0, 500, 1000, 1500],
    );
  });

  it('let so many be under way at once', async () => {
    const gates = createServiceGates(createVirtualClock());
    const limited = { ...service, concurrency: 2 };
    const held = Promise.withResolvers<void>();
    let [open, most] = [0, 0];
    const work = async (): Promise<void> => {
      most = Math.max(most, ++open);
      await held.promise;
      open--;
    };
    const all = Array.from({ length: 5 }, () => through(gates.of('cmdb', limited), work, signal));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(open, 2);
    held.resolve();
    await Promise.all(all);
    assert.equal(most, 2);
  });

  it('are those of one service: another name or address has its own', () => {
    const gates = createServiceGates(createVirtualClock());
    const limited = { ...service, rate: { perSecond: 1, burst: 1 } };
    assert.equal(gates.of('a', limited), gates.of('a', limited));
    assert.notEqual(gates.of('a', limited), gates.of('b', limited));
    assert.notEqual(gates.of('a', limited), gates.of('a', { ...limited, baseUrl: 'http://127.0.0.2' }));
  });
});
