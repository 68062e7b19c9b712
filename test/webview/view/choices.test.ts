import assert from 'node:assert/strict';
import { ended, running } from '../../extension/batches.ts';
import { cancelChoices, rerunChoices } from '../../../webview/view/choices.ts';
import { notesOf } from '../../../webview/view/notes.ts';
import { relativesOf } from '../../../webview/view/relatives.ts';

describe('the ways to run an ended batch again', () => {
  it('begin with what failed, which is what most people want next', () => {
    const { usual, all, rank } = rerunChoices(ended('x', ['ok', 'failed', 'not-started']));
    assert.deepEqual([usual.label, rank], ['Re-run failed (1)', 'primary']);
    assert.deepEqual(
      all.map(({ id, label }) => [id, label]),
      [
        ['not-started', 'Run what did not run (1)'],
        ['ok', 'Re-run ok (1)'],
        ['all', 'Re-run all (3)'],
        ['nodes', 'Re-run chosen nodes…'],
      ],
    );
  });

  it('are what did not run where nothing failed, and nothing pressing where all is well', () => {
    assert.equal(rerunChoices(ended('x', ['ok', 'not-started'])).usual.id, 'not-started');
    const { usual, all, rank } = rerunChoices(ended('x', ['ok', 'ok']));
    assert.deepEqual([usual.label, rank], ['Re-run', 'secondary']);
    assert.deepEqual(
      all.map(({ id }) => id),
      ['nodes'],
    );
  });

  it('have no second way to the same nodes', () => {
    const { usual, all } = rerunChoices(ended('x', ['failed', 'failed']));
    assert.equal(usual.label, 'Re-run failed (2)');
    assert.deepEqual(
      all.map(({ id }) => id),
      ['nodes'],
    );
    assert.deepEqual(rerunChoices(ended('x', ['failed'])).all, []);
  });
});

describe('the note about an interrupted batch', () => {
  it('leads on to what never started', () => {
    const [note] = notesOf(ended('x', ['ok', 'not-started', 'not-started'], 'interrupted'), '');
    assert.deepEqual(note?.rerun, { label: 'Run on 2 nodes that never started', which: 'not-started' });
    assert.equal(notesOf(ended('x', ['ok'], 'interrupted'), '')[0]?.rerun, undefined);
  });
});

describe('the ways to cancel a batch', () => {
  it('leave out what is queued when nothing is', () => {
    const { all } = cancelChoices({ ...running('x', 2), counts: { ...running('x', 2).counts, queued: 0 } });
    assert.deepEqual(
      all.map(({ id, disabled }) => [id, disabled ?? false]),
      [
        ['all', false],
        ['queued', true],
      ],
    );
  });
});

describe('the relatives of a batch', () => {
  it('are what it runs again, and the newest that run it again', () => {
    const state = ended('x', ['ok']);
    const request = { ...state.plan.request, origin: { batch: '01JA7F3K', which: 'failed' } as const };
    const again = ['01JB0004', '01JB0003', '01JB0002', '01JB0001'];
    const reruns = again.map((batch) => ({ batch, status: 'failed' }));
    assert.deepEqual(
      relativesOf({ ...state, plan: { ...state.plan, request } }, reruns).map(({ text }) => text),
      [
        're-run of 7f3k (failed)',
        'run again: 0004, failed',
        'run again: 0003, failed',
        'run again: 0002, failed',
      ],
    );
  });
});
