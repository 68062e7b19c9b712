import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { LoadedPlaybook, PlannedStep } from '../../../core/playbook/plannedStep.ts';
import type { LoggedEvent } from '../../../core/run/events.ts';
import type { Strategy } from '../../../core/run/strategy.ts';
import { type Script, wellBehaved } from './fakeTransport.ts';
import { runPlan, type Ran, type Stop } from './runPlan.ts';

type Shape = readonly ('step' | 'block' | 'loop' | 'throttled' | 'retried' | 'once')[];

/** What a node takes for a step, and whether it fails there. */
type Step = { readonly ms: number; readonly fails: boolean };

type Case = {
  readonly shape: Shape;
  /** By node, then by step. */
  readonly nodes: readonly (readonly Step[])[];
  readonly refused: readonly boolean[];
  readonly strategy: Partial<Strategy>;
  readonly stops: readonly Stop[];
};

const run = (path: string): PlannedStep => ({
  path,
  title: path,
  does: { type: 'run', command: path, shell: 'sh' },
});

function playbook(shape: Shape): LoadedPlaybook {
  const steps = shape.map((kind, at): PlannedStep => {
    const path = `s${at}`;
    const inside = [run(`${path}/1`), run(`${path}/2`)];
    const block = (steps_: readonly PlannedStep[]) =>
      ({ type: 'block', steps: steps_, rescue: [], always: [] }) as const;
    if (kind === 'block') return { path, title: path, does: block(inside) };
    if (kind === 'loop') return { path, title: path, does: block(inside), loop: [1, 2] };
    if (kind === 'throttled') return { path, title: path, does: block(inside), throttle: 1 };
    if (kind === 'once') return { ...run(path), once: true };
    const retries = { count: 1, delayMs: 7, backoff: 'constant', on: ['failed'] } as const;
    return kind === 'retried' ? { ...run(path), retries } : run(path);
  });
  return {
    name: 'test',
    services: {},
    usual: {},
    params: {},
    sensitive: [],
    secrets: {},
    vars: {},
    steps,
    handlers: [],
    finally: [run('end')],
    files: [],
  };
}

async function play({ shape, nodes, refused, strategy, stops }: Case): Promise<Ran> {
  const scripts = nodes.map((steps, node): Script => ({
    ...wellBehaved,
    connect: refused[node] ? 'refused' : 'ok',
    does: (command) => {
      const { ms = 1, fails = false } = steps[Number(/\d+/.exec(command)?.[0] ?? nodes.length)] ?? {};
      return { ms, exit: { type: 'exited', code: fails && command !== 'end' ? 1 : 0 } };
    },
  }));
  const action = { type: 'playbook' as const, file: '/x', params: {}, withheld: [], loaded: playbook(shape) };
  return runPlan({ scripts, action, strategy: { lockstep: true, ...strategy }, stops });
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    shape: fc.array(fc.constantFrom('step', 'block', 'loop', 'throttled', 'retried', 'once'), {
      minLength: 1,
      maxLength: 4,
    }),
    count: fc.integer({ min: 1, max: 7 }),
  })
  .chain(({ shape, count }) =>
    fc.record({
      shape: fc.constant(shape as Shape),
      nodes: fc.array(
        fc.array(
          fc.record({
            ms: fc.integer({ min: 1, max: 90 }),
            fails: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
          }),
          { minLength: shape.length, maxLength: shape.length },
        ),
        { minLength: count, maxLength: count },
      ),
      refused: fc.array(
        fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        {
          minLength: count,
          maxLength: count,
        },
      ),
      strategy: fc.oneof(
        fc.record({ mode: fc.constant('parallel' as const), concurrency: fc.integer({ min: 1, max: 4 }) }),
        fc.record({
          mode: fc.constant('rolling' as const),
          concurrency: fc.integer({ min: 1, max: 4 }),
          waves: fc.constantFrom<NonNullable<Strategy['waves']>>([1, 2], ['50%'], [3]),
        }),
        fc.record({
          mode: fc.constant('parallel' as const),
          concurrency: fc.constant(10),
          maxFailures: fc.integer({ min: 0, max: 2 }),
        }),
        fc.record({
          mode: fc.constant('parallel' as const),
          concurrency: fc.constant(10),
          stopOnFailure: fc.constant(true),
        }),
      ),
      stops: fc.oneof(
        fc.constant([] as readonly Stop[]),
        fc
          .record({
            at: fc.integer({ min: 0, max: 400 }),
            which: fc.constantFrom('all', 'queued', 'execution'),
            execution: fc.constant(1),
          })
          .map((stop): readonly Stop[] => [stop as Stop]),
      ),
    }),
  );

/** The step at the top of the playbook that an event is about; the end comes last. */
function placeOf(step: string): number {
  return step === 'end' ? Infinity : Number(/\d+/.exec(step)?.[0]);
}

type StepEvent = Extract<LoggedEvent, { type: 'stepStarted' | 'stepFinished' }>;

/** Of every wave: no step begins while another node still has one before it to end. */
function beginsTooEarly({ events }: Ran): string | undefined {
  const waves = events.filter((event) => event.type === 'waveStarted').map(({ executions }) => new Set(executions));
  const together = waves.length > 0 ? waves : [undefined];
  for (const wave of together) {
    const own = events.filter(
      (event): event is LoggedEvent & StepEvent =>
        (event.type === 'stepStarted' || event.type === 'stepFinished') &&
        event.step !== undefined &&
        (wave === undefined || wave.has(event.execution)),
    );
    let furthest = -1;
    for (const event of own) {
      const place = placeOf(event.step ?? '');
      const isApart = place < furthest;
      if (isApart && event.attempt !== undefined)
        return `${event.type} ${event.step} of ${event.execution} after a step ${furthest} had begun`;
      if (event.type === 'stepStarted') furthest = Math.max(furthest, place);
    }
  }
  return undefined;
} // prettier-ignore

describe('lockstep', function () {
  it('begins no step before all nodes have ended the ones before it, and always ends', () =>
    fc.assert(
      fc.asyncProperty(anyCase, async (given) => {
        const ran = await play(given);
        assert.equal(beginsTooEarly(ran), undefined);
        for (const { outcome } of ran.state.executions) assert.ok(outcome);
        assert.ok(ran.transport.peak() <= (given.strategy.concurrency ?? 10));
      }),
      { numRuns: 500 },
    ));

  const steps = (count: number, ms: number): Step[] =>
    Array.from({ length: count }, () => ({ ms, fails: false }));
  const failing = { ms: 1, fails: true };

  it('goes straight through without it', async () => {
    const { events } = await play({
      shape: ['step', 'step'],
      nodes: [steps(2, 1), steps(2, 50)],
      refused: [],
      strategy: { lockstep: false },
      stops: [],
    });
    assert.notEqual(beginsTooEarly({ events } as unknown as Ran), undefined);
  });

  it('begins nothing further but the end where more have failed than is borne', async () => {
    const { state } = await play({
      shape: ['step', 'step'],
      nodes: [[failing, failing], steps(2, 9), steps(2, 30)],
      refused: [],
      strategy: { maxFailures: 0 },
      stops: [],
    });
    assert.deepEqual(
      state.executions.map(({ outcome, steps: own }) => [
        outcome?.status,
        own?.map(({ step }) => step).join(),
      ]),
      [
        ['failed', 's0,end'],
        ['cancelled', 's0,end'],
        ['cancelled', 's0,end'],
      ],
    );
  });

  it('goes on with the others within the budget', async () => {
    const { state } = await play({
      shape: ['step', 'step'],
      nodes: [[failing, failing], steps(2, 9), steps(2, 30)],
      refused: [],
      strategy: { maxFailures: 1 },
      stops: [],
    });
    assert.deepEqual(
      state.executions.map(({ outcome, steps: own }) => [
        outcome?.status,
        own?.map(({ step }) => step).join(),
      ]),
      [
        ['failed', 's0,end'],
        ['ok', 's0,s1,end'],
        ['ok', 's0,s1,end'],
      ],
    );
  });

  it('lets one node go that is cancelled while the others wait for it', async () => {
    const { state } = await play({
      shape: ['step', 'step'],
      nodes: [steps(2, 2000), steps(2, 1)],
      refused: [],
      strategy: {},
      stops: [{ at: 100, which: 'execution', execution: 1 }],
    });
    assert.deepEqual(state.executions.map(({ outcome }) => outcome?.status), ['cancelled', 'ok']); // prettier-ignore
  });
});
