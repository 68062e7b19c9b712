import assert from 'node:assert/strict';
import type { FromNewRun } from '../../../core/protocol/newRun.ts';
import { emptyForm } from '../../../core/run/form/emptyForm.ts';
import { NewRunStore } from '../../../webview/newRun/store.ts';

/** A store whose page was saved with some fields, and the lists of files that it asked for. */
function storeOf(form: object = {}) {
  const asked: Extract<FromNewRun, { type: 'files' }>[] = [];
  const store = new NewRunStore(
    {
      post: (message) => void (message.type === 'files' && asked.push(message)),
      saved: () => ({ form: { ...emptyForm, ...form } }),
      save: () => undefined,
    },
    () => undefined,
  );
  return { store, asked };
}

describe('the files to choose from', () => {
  it('are looked for when the form first has to do with their kind, once each', () => {
    const { store, asked } = storeOf();
    store.receive({ type: 'loading' });
    assert.deepEqual(asked, []);
    for (const kind of ['script', 'playbook', 'script', 'copy'] as const) store.setKind(kind);
    assert.deepEqual(
      asked.map(({ kind, anew }) => [kind, anew]),
      [
        ['script', false],
        ['playbook', false],
      ],
    );
    assert.deepEqual(Object.keys(store.model.files), ['script', 'playbook']);
  });

  it('are looked for as soon as the host is there, where the page was left with such a form', () => {
    const { store, asked } = storeOf({ kind: 'task' });
    assert.deepEqual(asked, []);
    store.receive({ type: 'loading' });
    assert.deepEqual(
      asked.map(({ kind }) => kind),
      ['task'],
    );
  });

  it('are looked for again when a person says so', () => {
    const { store, asked } = storeOf({ kind: 'task' });
    store.receive({ type: 'loading' });
    store.receive({ type: 'filesFailed', kind: 'task', message: 'No.' });
    assert.deepEqual(store.model.files.task, { failure: 'No.' });
    store.listFiles('task');
    assert.deepEqual([asked.length, asked.at(-1)?.anew, store.model.files.task], [2, true, {}]);
  });
});
