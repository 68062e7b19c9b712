import assert from 'node:assert/strict';
import { Store } from '../../../webview/store.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';

/** A store of a batch with ten at once, and how many were asked for. */
function storeOfTen() {
  const asked: number[] = [];
  const store = new Store(
    {
      post: (message) => {
        if (message.type === 'control' && message.control.type === 'concurrency')
          asked.push(message.control.concurrency);
      },
      saved: () => undefined,
      save: () => undefined,
    },
    () => undefined,
  );
  const nodes = ['a', 'b'];
  const batch = fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 10, startedAt: 1000 });
  store.receive({ type: 'snapshot', state: batch.state, now: 1000 });
  const tell = (concurrency: number): void => {
    const seq = (store.model.state?.seq ?? 0) + 1;
    const event = { type: 'limitChanged', heldBy: null, concurrency, seq, at: 1000 } as const;
    store.receive({ type: 'events', events: [event], now: 1000 });
  };
  return { store, asked, tell };
}

describe('how many run at once', () => {
  it('counts every click, however late the answers come', () => {
    const { store, asked, tell } = storeOfTen();
    store.resize(1);
    store.resize(1);
    tell(11);
    for (const by of [1, 1, 1, -1]) store.resize(by);
    assert.deepEqual(asked, [11, 12, 13, 14, 15, 14]);
  });

  it('counts from what another window asked for once all is answered', () => {
    const { store, asked, tell } = storeOfTen();
    store.resize(1);
    tell(11);
    tell(20);
    store.resize(1);
    assert.deepEqual(asked, [11, 21]);
  });

  it('stays between 1 and 256', () => {
    const { store, asked } = storeOfTen();
    for (const by of [-20, -1, 400, 1]) store.resize(by);
    assert.deepEqual(asked, [1, 256]);
  });
});
