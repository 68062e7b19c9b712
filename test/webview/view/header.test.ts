import assert from 'node:assert/strict';
import { factsOf } from '../../../webview/view/facts.ts';
import { headlineOf } from '../../../webview/view/headline.ts';
import { loadedOf } from '../../../core/run/loadedPlaybook.ts';
import { fakePlaybook } from '../fixtures/fakePlaybook.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';

const start = 1_000_000;

describe('the header of a batch that a person steers', () => {
  const batchOf = (nodes: readonly string[]) =>
    fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 20, startedAt: start });

  it('says how many run at once now', () => {
    const batch = batchOf(['a', 'b']);
    batch.emit({ type: 'limitChanged', heldBy: null, concurrency: 13 });
    const { state } = batch;
    assert.equal(headlineOf(state, start).details[0], 'parallel, 13 at once');
    const plan = { ...state.plan, strategy: { ...state.plan.strategy, mode: 'sequential' } } as const;
    const first = (concurrency: number) => headlineOf({ ...state, plan, concurrency }, start).details[0];
    assert.deepEqual([first(1), first(3)], ['one after the other', 'in order, 3 at once']);
  });

  it('promises no end while the batch is paused', () => {
    const batch = batchOf(['a', 'b']);
    batch.run('e0', start);
    batch.end('e0', { status: 'ok' }, start + 1000);
    const estimates = () =>
      factsOf(batch.state, start + 2000).filter(({ strong = '' }) => strong.endsWith(' left'));
    assert.equal(estimates().length, 1);
    batch.emit({ type: 'paused' });
    assert.deepEqual(estimates(), []);
  });
});

describe('the facts beside the sentence', () => {
  it('name the slowest, and the time that such a batch took before', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'];
    const batch = fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 5, startedAt: start });
    for (const at of [0, 1, 2, 3, 4]) batch.run(`e${at}`, start + at * 1000);
    const facts = factsOf(batch.state, start + 6000, 20_000);
    assert.deepEqual(
      facts.flatMap(({ text, strong, links }) => [text, strong, ...(links ?? []).map((link) => link.text)]),
      ['6 s elapsed', undefined, '', 'about 14 s left', 'slowest', undefined, 'a 6 s', 'b 5 s', 'c 4 s'],
    );
  });
});

describe('the header of a playbook', () => {
  it('names the file and the parameters of a playbook, secret ones without their values', () => {
    const { state } = fakePlaybook(2, start);
    const { action } = state.plan;
    assert.ok(action.type === 'playbook' && action.loaded);
    const loaded = { ...loadedOf(action), params: { version: '1.4.2', parts: ['a'] }, sensitive: ['token'] };
    const plan = { ...state.plan, action: { ...action, loaded } };
    const { command, file, params } = headlineOf({ ...state, plan }, start);
    assert.deepEqual(
      [command, file, params],
      ['Deploy web', 'deploy.playbook.yaml', 'version=1.4.2 parts=["a"] token (secret)'],
    );
  });
});
