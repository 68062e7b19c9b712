import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Script, wellBehaved } from '../fakeTransport.ts';
import { type Ran, runPlan, type Scenario } from '../runPlan.ts';

const many = (count: number, script: Partial<Script> = {}): Script[] =>
  Array.from({ length: count }, () => ({ ...wellBehaved, ...script }));
const statuses = ({ state }: Ran): string[] => [...new Set(state.executions.map(({ status }) => status))];
const onOneHost = (given: Partial<Scenario> & Pick<Scenario, 'scripts'>): Promise<Ran> =>
  runPlan({ host: () => 'h', strategy: { concurrency: given.scripts.length }, ...given });

describe('a host that turns connections away (R-C5)', () => {
  it('has all of them in the end, however few it takes at once', async () => {
    const script = fc.record({ connectMs: fc.integer({ min: 2, max: 900 }), execMs: fc.nat(2500) });
    const hosts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 });
    const scripts = fc.array(script, { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(scripts, hosts, fc.integer({ min: 1, max: 40 }), async (given, most, concurrency) => {
        const ran = await runPlan({
          scripts: given.map((each) => ({ ...wellBehaved, ...each })),
          host: (at) => `h${at % most.length}`,
          mostConnecting: (host) => most[Number(host.slice(1))] ?? 1,
          strategy: { concurrency },
        });
        assert.deepEqual(statuses(ran), ['ok']);
        assert.ok(ran.transport.peak() <= concurrency);
      }),
      { numRuns: 300 },
    );
  });

  it('is not asked again and again: few tries are in vain', async () => {
    const ran = await onOneHost({ scripts: many(100, { connectMs: 50 }), mostConnecting: () => 10 });
    assert.deepEqual(statuses(ran), ['ok']);
    const tries = ran.state.executions.reduce((sum, { attempts }) => sum + attempts, 0);
    assert.ok(tries < 250, `${tries} tries for 100`);
  });

  it('is given up after three tries that nobody else was in the way of', async () => {
    const ran = await onOneHost({ scripts: many(8), mostConnecting: () => 0 });
    assert.deepEqual(statuses(ran), ['unreachable']);
    for (const { outcome, attempts } of ran.state.executions) {
      assert.ok(outcome?.status === 'unreachable' && outcome.kind === 'throttled');
      assert.ok(attempts >= 3 && attempts < 10, `${attempts} attempts`);
    }
  });

  it('says which host it is, and how many it takes', async () => {
    const ran = await onOneHost({ scripts: many(20, { connectMs: 600 }), mostConnecting: () => 4 });
    assert.match(
      ran.state.notes[0] ?? '',
      /^h:22 turns connections away; no more than 10 new ones are opened/,
    );
    const held = ran.events.flatMap((event) => (event.type === 'limitChanged' ? [event.heldBy] : []));
    assert.ok(
      held.some((name) => /^h:22, which turns connections away, \d+ new ones at once$/.test(name ?? '')),
      held.join(),
    );
  });

  it('holds up nobody on other hosts: who waits for it takes no place', async () => {
    const ran = await runPlan({
      scripts: many(40, { connectMs: 500 }),
      host: (at) => (at < 30 ? 'crowded' : `h${at}`),
      mostConnecting: (host) => (host === 'crowded' ? 1 : Infinity),
      strategy: { concurrency: 10 },
    });
    assert.deepEqual(statuses(ran), ['ok']);
    const ended = ran.state.executions.map(({ endedAt = 0 }) => endedAt);
    const others = Math.max(...ended.slice(30));
    assert.ok(ended.slice(0, 30).filter((at) => at > others).length >= 20);
  });

  it('bounds those who connect, not those who run', async () => {
    const ran = await onOneHost({
      scripts: many(12, { connectMs: 100, execMs: 2900 }),
      mostConnecting: () => 1,
    });
    assert.deepEqual(statuses(ran), ['ok']);
    assert.ok(ran.transport.peak() > 4, `${ran.transport.peak()} at once`);
  });
});
