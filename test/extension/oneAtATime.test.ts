import assert from 'node:assert/strict';
import { oneAtATime } from '../../extension/services/oneAtATime.ts';

describe('one at a time', () => {
  it('makes each call after the one before, also where that failed', async () => {
    const calls = oneAtATime<string>();
    const told: string[] = [];
    const call = (name: string, fails?: 'fails') => async (): Promise<string> => {
      told.push(`${name} begins`);
      await Promise.resolve();
      told.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled([
      calls.run(call('first')),
      calls.run(call('second', 'fails')),
      calls.run(call('third')),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    const each = ['first', 'second', 'third'];
    assert.deepEqual(
      told,
      each.flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  it('gives the last call until it has ended', async () => {
    const calls = oneAtATime<number>();
    assert.equal(calls.current, undefined);
    const first = calls.run(() => Promise.resolve(1));
    const second = calls.run(() => Promise.resolve(2));
    assert.equal(calls.current, second);
    assert.deepEqual(await Promise.all([first, second]), [1, 2]);
    await Promise.resolve();
    assert.equal(calls.current, undefined);
  });
});
