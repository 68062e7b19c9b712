import assert from 'node:assert/strict';
import { answersStep } from '../../../webview/view/answersStep.ts';
import { firstView, shownView, viewFrom } from '../../../webview/view/view.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';
import { fakePlaybook } from '../fixtures/fakePlaybook.ts';

describe('the step whose answers are compared', () => {
  const { state } = fakePlaybook(41, 1_000_000_000);
  const ended = { ...state, status: 'partial' as const };

  it('is what a person chose', () => {
    assert.equal(answersStep(state, { step: 'install' }), 'install');
    assert.equal(answersStep(ended, { step: 'all' }), undefined);
  });

  it('is all output while it runs, and at the end the step with the most different answers', () => {
    assert.equal(answersStep(state, firstView), undefined);
    assert.equal(answersStep(ended, firstView), 'health');
    assert.equal(answersStep(ended, { step: 'gone' }), 'health');
  });

  it('is none where there are no steps', () => {
    const command = { command: 'x', selection: 'all', concurrency: 1, startedAt: 1 };
    assert.equal(answersStep(fakeBatch({ nodes: ['a'], ...command }).state, { step: 'install' }), undefined);
  });
});

describe('how nodes are shown', () => {
  it('is by steps for a playbook, as a list for all else, and as a person chose', () => {
    assert.deepEqual([shownView(firstView, true), shownView(firstView, false)], ['steps', 'list']);
    const chosen = viewFrom({ shows: 'list' });
    assert.equal(shownView(chosen, true), 'list');
    assert.equal(shownView(viewFrom({ shows: 'steps' }), false), 'list');
  });
});
