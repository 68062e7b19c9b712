import assert from 'node:assert/strict';
import { isStepOver, stepAnswerOf } from '../../../../core/run/gather/stepAnswer.ts';
import { fakePlaybook } from '../../../webview/fixtures/fakePlaybook.ts';

const { state, answers } = fakePlaybook(41, 1_000_000_000);
const named = (node: string) => {
  const execution = state.executions.find((each) => each.node === node);
  assert.ok(execution);
  return execution;
};

describe('what a node said in a step', () => {
  it('is where the output of the step is, and how the step ended', () => {
    const { from, until, outcome } = stepAnswerOf(named('web09'), 'health') ?? {};
    assert.equal((until ?? 0) - (from ?? 0), 'answered 502\n'.length);
    assert.equal(outcome?.status, 'failed');
  });

  it('is not known before the node is at a later one, and nothing where the step never came', () => {
    const running = named('web11');
    assert.deepEqual(
      ['install', 'health'].map((step) => isStepOver(running, step)),
      [true, false],
    );
    assert.equal(stepAnswerOf(running, 'health'), undefined);
    assert.deepEqual(stepAnswerOf(named('web09'), 'restart'), { exitCode: null, from: 0, until: 0 });
  });

  it('has no place where output was left out', () => {
    const cut = { ...named('web09'), leftOut: 7 };
    assert.deepEqual(stepAnswerOf(cut, 'health'), { exitCode: null, from: 0, until: 0 });
  });

  it('makes answers of a step only, with nodes that are past it and still run', () => {
    const { counts, toAnswer, clusters } = answers(false, 'health');
    // 21 are well and say the number of the node, 2 failed alike.
    const failed = clusters.find(({ end }) => end === 'failed');
    assert.equal(failed?.executions.length, 2);
    assert.equal(Object.values(counts).reduce((sum, each) => sum + each, 0) + toAnswer, 41);
    assert.equal(answers(false, 'install').toAnswer, 16);
  });
});
