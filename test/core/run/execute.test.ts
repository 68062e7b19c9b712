import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OutcomeStatus } from '../../../core/run/outcome.ts';
import type { BreakerChange, SharedLimits } from '../../../core/run/admission.ts';
import { concurrencyGate } from '../../../core/run/schedule/gates.ts';
import { createHosts } from '../../../core/run/schedule/hosts.ts';
import { createBreakers } from '../../../core/run/schedule/breaker.ts';
import type { Control } from '../../../core/run/controls.ts';
import { Emitter } from '../../../core/util/emitter.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { completed, isLive, reduce, reduceAll } from '../../../core/run/state.ts';
import { type Script, wellBehaved } from './fakeTransport.ts';
import { type Ran, runPlan, type Scenario, type Stop } from './runPlan.ts';

const script: fc.Arbitrary<Script> = fc.record({
  connectMs: fc.integer({ min: 0, max: 2000 }),
  flaky: fc.constantFrom(0, 0, 0, 1, 2),
  connect: fc.constantFrom(
    'ok',
    'ok',
    'ok',
    'ok',
    'refused',
    'auth',
    'throttled',
    'unknown-key',
    'throws',
    'rejects',
    'hangs',
    'hangs-deaf',
  ),
  execMs: fc.integer({ min: 0, max: 4000 }),
  exec: fc.constantFrom(
    'exit',
    'exit',
    'exit',
    'signal',
    'lost',
    'throws',
    'rejects',
    'hangs',
    'hangs-deaf',
    'talks-after-end',
  ),
  exitCode: fc.constantFrom(0, 0, 0, 1, 255),
  chunks: fc.integer({ min: 0, max: 5 }),
  stopMs: fc.integer({ min: 0, max: 20_000 }),
  stopped: fc.constantFrom('stopped', 'may-still-run'),
});

const stop: fc.Arbitrary<Stop> = fc.record({
  at: fc.integer({ min: 0, max: 6000 }),
  which: fc.constantFrom('all', 'queued', 'execution'),
  execution: fc.integer({ min: 1, max: 12 }),
});

const control: fc.Arbitrary<{ at: number; control: Control }> = fc.record({
  at: fc.integer({ min: 0, max: 8000 }),
  control: fc.oneof(
    fc.constant({ type: 'pause' } as const),
    fc.constant({ type: 'resume' } as const),
    fc.record({ type: fc.constant('concurrency' as const), concurrency: fc.integer({ min: 1, max: 5 }) }),
    fc.record({
      type: fc.constant('proceed' as const),
      wave: fc.integer({ min: 1, max: 3 }),
      go: fc.boolean(),
    }),
  ),
});

/** A person who goes away comes back: what is paused is resumed, and every barrier is answered, again and again. */
function answered(controls: { at: number; control: Control }[]): { at: number; control: Control }[] {
  const rounds = Array.from({ length: 40 }, (_, round) => 10_000 + round * 30_000);
  const later = rounds.flatMap((at) => [
    { at, control: { type: 'resume' } as const },
    ...Array.from({ length: 12 }, (_, wave) => ({
      at: at + 1,
      control: { type: 'proceed', wave: wave + 1, go: true } as const,
    })),
  ]);
  return [...controls, ...later];
}

/** Circuits that open soon, and a gate that every execution goes through. */
function sharedLimits(clock: Clock): SharedLimits {
  const changes = new Emitter<BreakerChange>();
  const files = concurrencyGate(3, (count) => `open files, ${count} nodes at once`);
  return {
    gatesOf: () => [files],
    onBreaker: changes.event,
    hosts: createHosts(clock),
    breakers: createBreakers(
      { threshold: 2, cooldownMs: 2000 },
      { clock, onChange: (key, state) => changes.fire({ key, state }) },
    ),
  };
}

const anything = fc.record(
  {
    scripts: fc.array(script, { minLength: 1, maxLength: 12 }),
    strategy: fc.record(
      {
        mode: fc.constantFrom('parallel', 'sequential', 'rolling'),
        concurrency: fc.integer({ min: 1, max: 5 }),
        stopOnFailure: fc.boolean(),
        waves: fc.array(fc.constantFrom(1, 2, 3, '10%', '50%', '100%'), { minLength: 1, maxLength: 3 }),
        barrier: fc.constantFrom({ type: 'pause', ms: 500 } as const, { type: 'ask' } as const),
        probe: fc.constant({ type: 'command', command: 'probe' } as const),
        maxFailures: fc.constantFrom(0, 1, 3, '10%', '50%'),
        maxFailuresPerWave: fc.constantFrom(0, 1, '50%'),
        rate: fc.record({ perSecond: fc.constantFrom(0.5, 3, 50), burst: fc.integer({ min: 1, max: 4 }) }),
        connectRate: fc.record({ perSecond: fc.constantFrom(1, 20), burst: fc.integer({ min: 1, max: 4 }) }),
        perJump: fc.integer({ min: 1, max: 3 }),
        perTransport: fc.constant({ fake: 2 }),
      },
      { requiredKeys: ['mode', 'concurrency', 'stopOnFailure'] },
    ),
    limits: fc.record({
      retries: fc.record({
        count: fc.integer({ min: 0, max: 3 }),
        backoff: fc.constantFrom('constant', 'exponential'),
        delayMs: fc.integer({ min: 0, max: 3000 }),
        maxDelayMs: fc.constant(10_000),
        on: fc
          .subarray(['unreachable', 'failed', 'timed-out', 'signalled', 'lost'] as const)
          .map((list) => [...list]),
        idempotent: fc.boolean(),
      }),
    }),
    via: fc.constantFrom(
      () => undefined,
      () => 'bastion',
      (at: number) => `hop${at % 2}`,
    ),
    shared: fc.constant(sharedLimits),
    controls: fc.array(control, { maxLength: 4 }),
    stops: fc.array(stop, { maxLength: 3 }),
    trust: fc.record({ yes: fc.boolean(), afterMs: fc.integer({ min: 0, max: 5000 }) }),
  },
  { requiredKeys: ['scripts', 'strategy', 'controls'] },
);

/** Cancelling ends a batch that is paused or waits at a barrier as well, with nobody coming back. */
const scenario: fc.Arbitrary<Scenario> = anything.map((given) =>
  given.stops?.some(({ which }) => which === 'all')
    ? given
    : { ...given, controls: answered(given.controls) },
);

const outcomes = ({ state }: Ran): OutcomeStatus[] => state.executions.map((each) => each.outcome!.status);

describe('a batch, whatever its transport does and whenever it is stopped', () => {
  it('keeps the invariants in thousands of random schedules', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const ran = await runPlan(given);
        const { events, state, plan } = ran;

        // Exactly one outcome per planned execution, and nothing of an execution after it.
        const ended = new Set<string>();
        for (const event of events) {
          if (!('execution' in event) || event.execution === undefined) continue;
          assert.ok(!ended.has(event.execution), `${event.type} after the end of ${event.execution}`);
          if (event.type === 'executionFinished') ended.add(event.execution);
        }
        assert.equal(ended.size, plan.executions.length);

        // Exactly one end of the batch; only the stop report may follow it.
        const endAt = events.findIndex((event) => event.type === 'batchFinished');
        assert.equal(events.filter((event) => event.type === 'batchFinished').length, 1);
        assert.ok(events.slice(endAt + 1).every((event) => event.type === 'stopReport'));
        assert.equal(events[0]?.type, 'batchStarted');
        assert.deepEqual(
          events.map((event) => event.seq),
          events.map((_, at) => at + 1),
        );

        // The summary adds up, and the state agrees with the end.
        assert.equal(completed(state), plan.executions.length);
        assert.equal(
          Object.values(state.counts).reduce((sum, count) => sum + count, 0),
          plan.executions.length,
        );
        assert.equal(state.status, ran.end);

        // Never more at once than asked for.
        const asked = given.strategy?.mode === 'sequential' ? 1 : (given.strategy?.concurrency ?? 10);
        const later = given.controls?.map(({ control: each }) =>
          'concurrency' in each ? each.concurrency : 0,
        );
        const most = Math.max(asked, ...(later ?? []));
        const deaf = given.scripts.filter((each) => /deaf/.test(each.connect + each.exec)).length;
        assert.ok(ran.transport.peak() <= most + deaf, `${ran.transport.peak()} at once, ${most} allowed`);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same state from a snapshot and later events as from all events', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, fc.nat(), async (given, cut) => {
        const { events, state } = await runPlan(given);
        const at = 1 + (cut % events.length);
        const snapshot = reduceAll(undefined, events.slice(0, at));
        assert.deepEqual(
          JSON.parse(JSON.stringify(reduceAll(snapshot, events))),
          JSON.parse(JSON.stringify(state)),
        );
        assert.deepEqual(events.reduce(reduce, undefined), state);
      }),
      { numRuns: 200 },
    );
  });

  it('never changes a terminal state', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { events } = await runPlan(given);
        let state = reduceAll(undefined, events.slice(0, 1));
        for (const event of events.slice(1)) {
          const before = state!;
          state = reduce(state, event)!;
          before.executions.forEach((each, at) => {
            if (!isLive(each.status)) assert.equal(state!.executions[at], each);
          });
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('execute', () => {
  const table: readonly { when: string; script: Partial<Script>; status: OutcomeStatus; message?: RegExp }[] =
    [
      { when: 'a command exits 0', script: {}, status: 'ok' },
      { when: 'a command exits 3', script: { exitCode: 3 }, status: 'failed', message: /^exit 3$/ },
      { when: 'a command exits 255', script: { exitCode: 255 }, status: 'failed', message: /^exit 255$/ },
      { when: 'a command is killed', script: { exec: 'signal' }, status: 'signalled' },
      { when: 'the connection goes away', script: { exec: 'lost' }, status: 'lost' },
      { when: 'the node refuses', script: { connect: 'refused' }, status: 'unreachable' },
      { when: 'nobody can trust an unknown key', script: { connect: 'unknown-key' }, status: 'unreachable' },
      {
        when: 'a command runs too long',
        script: { exec: 'hangs' },
        status: 'timed-out',
        message: /after 3 s; stopped, gone/,
      },
      {
        when: 'connecting takes for ever',
        script: { connect: 'hangs' },
        status: 'unreachable',
        message: /in 1 s/,
      },
      {
        when: 'a plugin throws in connect',
        script: { connect: 'throws' },
        status: 'crashed',
        message: /fake.*connect threw/,
      },
      {
        when: 'a plugin throws in exec',
        script: { exec: 'throws' },
        status: 'crashed',
        message: /fake.*exec threw/,
      },
      {
        when: 'a plugin rejects',
        script: { exec: 'rejects' },
        status: 'crashed',
        message: /fake.*exec rejected/,
      },
      {
        when: 'a plugin never settles',
        script: { exec: 'hangs-deaf' },
        status: 'crashed',
        message: /fake did not stop/,
      },
      {
        when: 'a plugin never connects',
        script: { connect: 'hangs-deaf' },
        status: 'crashed',
        message: /fake did not stop/,
      },
      { when: 'a plugin talks after its end', script: { exec: 'talks-after-end' }, status: 'ok' },
    ];
  for (const { when, script: change, status, message } of table) {
    it(`ends an execution ${status} when ${when}, and the others go on`, async () => {
      const ran = await runPlan({ scripts: [wellBehaved, { ...wellBehaved, ...change }, wellBehaved] });
      assert.deepEqual(outcomes(ran), ['ok', status, 'ok']);
      const outcome = ran.state.executions[1]!.outcome!;
      if (message) assert.match('message' in outcome ? outcome.message : '', message);
    });
  }

  it('runs one at a time, in order, when sequential', async () => {
    const ran = await runPlan({
      scripts: Array.from({ length: 5 }, () => wellBehaved),
      strategy: { mode: 'sequential' },
    });
    assert.equal(ran.transport.peak(), 1);
    const started = ran.events.flatMap((event) =>
      event.type === 'executionStarted' ? [event.execution] : [],
    );
    assert.deepEqual(started, ['e1', 'e2', 'e3', 'e4', 'e5']);
  });

  it('refills the window as soon as one ends, not slice by slice', async () => {
    const slow = { ...wellBehaved, execMs: 1000 };
    const ran = await runPlan({
      scripts: [slow, ...Array.from({ length: 9 }, () => ({ ...wellBehaved, execMs: 100 }))],
      strategy: { concurrency: 2 },
    });
    const finished = ran.events.flatMap((event) =>
      event.type === 'executionFinished' ? [event.execution] : [],
    );
    assert.equal(finished.at(-1), 'e1');
  });

  it('stops at the first failure when asked: running ones are cancelled, the rest never start', async () => {
    const slow = { ...wellBehaved, execMs: 1000 };
    const ran = await runPlan({
      scripts: [slow, { ...wellBehaved, exitCode: 1 }, slow, slow],
      strategy: { concurrency: 2, stopOnFailure: true },
    });
    assert.deepEqual(outcomes(ran), ['cancelled', 'failed', 'not-started', 'not-started']);
    assert.equal(ran.end, 'failed');
  });

  it('cancels all: what waits never starts, what runs is stopped, what finished is kept', async () => {
    const ran = await runPlan({
      scripts: [wellBehaved, { ...wellBehaved, execMs: 5000 }, wellBehaved],
      strategy: { mode: 'sequential' },
      stops: [{ at: 500, which: 'all' }],
    });
    assert.deepEqual(
      ran.state.executions.map((each) => each.outcome),
      [
        { status: 'ok' },
        { status: 'cancelled', remote: 'stopped' },
        { status: 'cancelled', remote: 'never-started' },
      ],
    );
    assert.equal(ran.end, 'cancelled');
    assert.deepEqual(ran.state.stopReport, { stopped: ['n2'], running: [] });
  });

  it('says where a process may still run', async () => {
    const ran = await runPlan({
      scripts: [{ ...wellBehaved, exec: 'hangs', stopped: 'may-still-run' }],
      stops: [{ at: 100, which: 'all' }],
    });
    assert.deepEqual(ran.state.stopReport, { stopped: [], running: ['n1'] });
  });

  it('lets everything with a known key run while a person looks at the unknown ones', async () => {
    const unknown = { ...wellBehaved, connect: 'unknown-key' } as const;
    const ran = await runPlan({
      scripts: [unknown, unknown, unknown, wellBehaved, wellBehaved],
      strategy: { concurrency: 1 },
      trust: { yes: true, afterMs: 3_600_000 },
    });
    assert.deepEqual(outcomes(ran), ['ok', 'ok', 'ok', 'ok', 'ok']);
    const finished = ran.events.flatMap((event) =>
      event.type === 'executionFinished' ? [event.execution] : [],
    );
    assert.deepEqual(finished.slice(0, 2), ['e4', 'e5']);
  });

  it('ends an execution that waits for a person when it is cancelled', async () => {
    const ran = await runPlan({
      scripts: [{ ...wellBehaved, connect: 'unknown-key' }],
      trust: { yes: true, afterMs: 3_600_000 },
      stops: [{ at: 1000, which: 'all' }],
    });
    assert.deepEqual(ran.state.executions[0]!.outcome, { status: 'cancelled', remote: 'never-started' });
    assert.ok(ran.state.endedAt! - ran.state.startedAt < 2000);
  });
});
