import assert from 'node:assert/strict';
import type { ExecutionState } from '../../../../core/run/executionState.ts';
import { differingStep } from '../../../../core/run/gather/differingStep.ts';
import type { StepState } from '../../../../core/run/stepState.ts';

const steps = ['drain', 'install', 'health'];
type End = Partial<Omit<StepState, 'step'>>;
const failed = (exitCode: number, lastLine = ''): End => ({ status: 'failed', exitCode, lastLine });

/** A node that came to these steps. */
function node(name: string, ends: Readonly<Record<string, End>>): ExecutionState {
  const own = Object.entries(ends).map(([step, end]): StepState => ({
    step,
    title: step,
    status: 'ok',
    changed: false,
    message: '',
    exitCode: 0,
    attempts: 1,
    startedAt: 0,
    from: 0,
    until: 5,
    ...end,
  }));
  return {
    id: name,
    node: name,
    status: 'ok',
    phases: [],
    exitCode: 0,
    signal: null,
    stdoutBytes: 0,
    stderrBytes: 0,
    lastLine: '',
    extents: [],
    notes: [],
    attempts: 1,
    steps: own,
  };
}
const well = { drain: {}, install: {}, health: {} };
const stepOf = (...nodes: readonly Readonly<Record<string, End>>[]): string | undefined =>
  differingStep(
    nodes.map((ends, at) => node(`web${at}`, ends)),
    steps,
  );

describe('the step with the most different answers', () => {
  it('is that at which most nodes ended otherwise than the largest group', () => {
    const first = { drain: failed(1) };
    const second = { drain: {}, install: failed(2) };
    assert.equal(stepOf(well, well, well, first, second, second), 'install');
  });

  it('counts different failures, not failures', () => {
    const alike = { drain: failed(1, 'no such unit') };
    const own = ['disk full', 'no route', 'locked'].map((line) => ({ drain: {}, install: failed(2, line) }));
    // At drain three of eight are not as the others, at install two of three.
    assert.equal(stepOf(alike, alike, alike, alike, alike, ...own), 'drain');
    // At drain it is three of ten, at install five of seven.
    assert.equal(stepOf(alike, alike, alike, well, ...own, ...own), 'install');
  });

  it('takes failures for equal that differ by what is a node’s own', () => {
    const named = Array.from({ length: 3 }, (_, at) => ({
      drain: {},
      install: failed(1, `web${at}: disk full at 14:02:0${at}`),
    }));
    // All three that came to install failed alike; at drain two of five did.
    assert.equal(stepOf(...named, { drain: failed(1) }, { drain: failed(1) }), 'drain');
  });

  it('is found among nodes that all went well by who said nothing', () => {
    assert.equal(stepOf(well, well, { ...well, install: { until: 0 } }), 'install');
  });

  it('is, of two that are equal, that at which more failed, then the earlier', () => {
    const silent = { ...well, drain: { until: 0 } };
    assert.equal(stepOf(well, well, silent, { drain: {}, install: failed(1) }), 'install');
    assert.equal(stepOf(well, well, { drain: failed(1) }, { drain: {}, install: failed(1) }), 'drain');
  });

  it('is where all failed alike, if nowhere they differ, and none where all went well', () => {
    const alike = { drain: {}, install: failed(1) };
    assert.equal(stepOf(alike, alike), 'install');
    assert.equal(stepOf(well, well), undefined);
    assert.equal(stepOf(), undefined);
  });

  it('counts no node that left a step out, and each item of a loop', () => {
    const left = { ...well, install: { status: 'skipped' as const } };
    assert.equal(stepOf(well, left, left), undefined);
    const looped = (codes: readonly number[]): ExecutionState => {
      const one = node('a', { drain: {} });
      const items = codes.flatMap((exitCode, iteration) =>
        (one.steps ?? []).map((step) => ({ ...step, iteration, exitCode })),
      );
      return { ...one, steps: items };
    };
    assert.equal(differingStep([looped([0, 0]), looped([0, 0]), looped([0, 1])], steps), 'drain');
  });
});
