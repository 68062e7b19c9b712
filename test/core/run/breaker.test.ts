import assert from 'node:assert/strict';
import type { BreakerChange } from '../../../core/run/admission.ts';
import { createBreakers } from '../../../core/run/schedule/breaker.ts';
import { createHosts } from '../../../core/run/schedule/hosts.ts';
import type { Retries } from '../../../core/run/schedule/backoff.ts';
import { Emitter } from '../../../core/util/emitter.ts';
import { type Script, wellBehaved } from './fakeTransport.ts';
import { type Ran, runPlan, type Scenario } from './runPlan.ts';

/** Circuits that open after three failures in a row. */
const shared: Scenario['shared'] = (clock) => {
  const changes = new Emitter<BreakerChange>();
  const onChange = (key: string, state: BreakerChange['state']): void => changes.fire({ key, state });
  const breakers = createBreakers({ threshold: 3, cooldownMs: 15_000 }, { clock, onChange });
  return { gatesOf: () => [], onBreaker: changes.event, breakers, hosts: createHosts(clock) };
};

const retries: Retries = {
  count: 8,
  backoff: 'constant',
  delayMs: 100,
  maxDelayMs: 100,
  on: ['unreachable'],
  idempotent: false,
};
const run = (scripts: readonly Script[]): Promise<Ran> =>
  runPlan({ scripts, shared, strategy: { concurrency: 1 }, limits: { retries } });
const tookMs = ({ state }: Ran): number => (state.endedAt ?? Infinity) - state.startedAt;

describe('an open circuit', () => {
  it('ends who was tried as the last attempt did, at once', async () => {
    const ran = await run([{ ...wellBehaved, connect: 'refused' }]);
    const [execution] = ran.state.executions;
    assert.deepEqual(execution?.outcome, {
      status: 'unreachable',
      kind: 'refused',
      message: 'connection refused',
    });
    assert.equal(execution.attempts, 3);
    assert.match(execution.notes.at(-1) ?? '', /^not tried again: node n1 failed again and again/);
    assert.ok(tookMs(ran) < 1000, `${tookMs(ran)} ms`);
  });

  it('names the first failure to who was never tried, and takes no retries for it', async () => {
    const broken: Script = { ...wellBehaved, connect: 'throws' };
    const ran = await run([broken, broken, broken, wellBehaved, wellBehaved]);
    const [, , , fourth, fifth] = ran.state.executions;
    for (const execution of [fourth, fifth]) {
      assert.equal(execution?.attempts, 0);
      assert.deepEqual(execution.outcome, {
        status: 'not-started',
        reason:
          'transport fake failed again and again (first: transport fake: connect threw); ' +
          'it is not tried for 15 s (circuit breaker)',
      });
    }
    assert.ok(!ran.events.some(({ type }) => type === 'attemptFailed'));
    assert.ok(tookMs(ran) < 1000, `${tookMs(ran)} ms`);
  });
});
