import assert from 'node:assert/strict';
import type { PlannedStep } from '../../../../core/playbook/plannedStep.ts';
import type { ExecutionState } from '../../../../core/run/executionState.ts';
import type { StepState } from '../../../../core/run/stepState.ts';
import { withStep } from '../../../../core/run/stepState.ts';
import { stepOverview } from '../../../../core/run/steps/overview.ts';
import { unreachedSteps } from '../../../../core/run/steps/unreached.ts';

const leaf = (path: string): PlannedStep => ({
  path,
  title: path.split('/').at(-1) ?? '',
  does: { type: 'fail', message: '' },
});
const loaded = {
  steps: [
    leaf('first'),
    {
      path: 'try',
      title: 'Try it',
      does: {
        type: 'block' as const,
        steps: [leaf('try/a'), leaf('try/b'), leaf('try/c')],
        rescue: [leaf('try/rescue/back'), leaf('try/rescue/tell')],
        always: [leaf('try/always/unlock')],
      },
    },
    leaf('later'),
  ],
  handlers: [leaf('handlers/restart')],
  finally: [leaf('finally/x'), leaf('finally/y')],
};

type Said = readonly [step: string, status: 'ok' | 'failed' | 'skipped', ignored?: 'ignored'];

/** The steps of a node after these have ended, one after the other. */
function after(...said: readonly Said[]): readonly StepState[] {
  return said.reduce<readonly StepState[]>((steps, [step, status, ignored], at) => {
    const common = { execution: 'e', step, title: step.split('/').at(-1) ?? '', seq: at, at };
    const begun = withStep(steps, { ...common, type: 'stepStarted', attempt: 1, from: 0 });
    return withStep(begun, {
      ...common,
      type: 'stepFinished',
      status,
      changed: status === 'ok',
      exitCode: null,
      signal: null,
      extents: [],
      stdoutBytes: 0,
      stderrBytes: 0,
      lastLine: '',
      ...(ignored && { ignored: true }),
    });
  }, []);
}

const failed = { status: 'failed', step: '', message: '' } as const;
const rescuedOf = (steps: readonly StepState[]): readonly string[] =>
  steps.flatMap(({ step, rescued }) => (rescued ? [step] : []));
const unreached = (...said: readonly Said[]): readonly string[] =>
  unreachedSteps(loaded as never, { steps: after(...said), outcome: failed }).map(({ path }) => path);

describe('a failure in a block', () => {
  it('is rescued once its rescue has begun, unless that fails', () => {
    const before: Said[] = [['try/a', 'ok'], ['try/b', 'failed']]; // prettier-ignore
    assert.deepEqual(rescuedOf(after(...before)), []);
    assert.deepEqual(rescuedOf(after(...before, ['try/rescue/back', 'ok'])), ['try/b']);
    assert.deepEqual(
      rescuedOf(after(...before, ['try/rescue/back', 'ok'], ['try/rescue/tell', 'failed'])),
      [],
    );
    assert.deepEqual(rescuedOf(after(...before, ['try/rescue/back', 'failed', 'ignored'])), ['try/b']);
  });

  it('is no other one: not that of another block, and none that was ignored', () => {
    const steps = after(['try2/b', 'failed'], ['try/a', 'failed', 'ignored'], ['try/b', 'failed'], ['try/rescue/back', 'ok']); // prettier-ignore
    assert.deepEqual(rescuedOf(steps), ['try/b']);
  });

  it('is rescued in a block that is in a rescue, and so is the one that this is for', () => {
    const inner: Said[] = [['try/b', 'failed'], ['try/rescue/q/x', 'failed']]; // prettier-ignore
    assert.deepEqual(rescuedOf(after(...inner)), []);
    assert.deepEqual(rescuedOf(after(...inner, ['try/rescue/q/rescue/y', 'ok'])), [
      'try/b',
      'try/rescue/q/x',
    ]);
  });
});

describe('steps that were never reached', () => {
  it('are those behind the last one of each list that was begun', () => {
    assert.deepEqual(unreached(['first', 'failed'], ['finally/x', 'failed']), ['try', 'later', 'finally/y']);
    assert.deepEqual(unreached(['first', 'ok'], ['try/a', 'failed'], ['try/rescue/back', 'failed']), [
      'try/b',
      'try/c',
      'try/rescue/tell',
      'try/always/unlock',
      'later',
      'finally/x',
      'finally/y',
    ]);
  });

  it('are none of a node that has not begun, nor those that were skipped', () => {
    assert.deepEqual(unreached(), []);
    assert.deepEqual(unreached(['try', 'skipped'], ['later', 'ok'], ['finally/y', 'ok']), []);
  });
});

describe('the overview of steps', () => {
  const execution = (node: string, ...said: readonly Said[]): ExecutionState =>
    ({ id: node, node, outcome: failed, steps: after(...said) }) as unknown as ExecutionState;
  const rowsOf = (...executions: readonly ExecutionState[]) =>
    stepOverview({ plan: { action: { type: 'playbook', loaded } }, executions } as never).map(
      ({ title, depth, nodes }) => [title, depth, nodes],
    );

  it('has each step in its place, with the nodes by what became of it', () => {
    const a = execution(
      'a',
      ['first', 'ok'],
      ['try/a', 'failed'],
      ['try/rescue/back', 'ok'],
      ['later', 'skipped'],
    );
    const b = execution('b', ['first', 'ok'], ['try/a', 'failed'], ['try/a/made', 'ok']);
    assert.deepEqual(rowsOf(a, b), [
      ['first', 0, { changed: ['a', 'b'] }],
      ['Try it', 0, {}],
      ['a', 1, { rescued: ['a'], failed: ['b'] }],
      ['made', 2, { changed: ['b'] }],
      ['b', 1, { unreached: ['a', 'b'] }],
      ['c', 1, { unreached: ['a', 'b'] }],
      ['back', 1, { changed: ['a'] }],
      ['tell', 1, { unreached: ['a'] }],
      ['unlock', 1, { unreached: ['a', 'b'] }],
      ['later', 0, { skipped: ['a'], unreached: ['b'] }],
      ['x', 0, { unreached: ['a', 'b'] }],
      ['y', 0, { unreached: ['a', 'b'] }],
    ]);
  });
});
