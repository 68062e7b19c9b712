import assert from 'node:assert/strict';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { BatchEvents } from '../../core/run/events.ts';
import type { BatchState } from '../../core/run/state.ts';
import { Emitter } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';
import { createBatchStore } from '../../extension/services/batchStore.ts';
import type { EngineLink } from '../../extension/services/engineLink.ts';
import { batchId, ended, eventsOf, finished, running, stateOf } from './batches.ts';

/** An engine that answers `snapshot` when the test says so. */
function fakeLink() {
  const events = new Emitter<BatchEvents>();
  const attached = new Emitter<EngineClient>();
  const snapshots: ((state: BatchState) => void)[] = [];
  const client = {
    snapshot: () =>
      new Promise<Result<BatchState>>((resolve) => {
        snapshots.push((value) => resolve({ ok: true, value }));
      }),
    batches: async () => [],
  } as unknown as EngineClient; // The store asks for nothing else.
  const link: EngineLink = {
    client: async () => ({ ok: true, value: client }),
    onEvents: events.event,
    onAttached: attached.event,
    onGone: new Emitter<string>().event,
    dispose: () => {},
  };
  return { link, events, attached, client, snapshots };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('the store of batches', () => {
  it('follows a batch from its first event', () => {
    const { link, events } = fakeLink();
    const store = createBatchStore(link, assert.ifError);
    events.fire({ batch: batchId, events: eventsOf('true', 2, ['ok']) });
    assert.deepEqual(store.states.get(batchId), stateOf(eventsOf('true', 2, ['ok'])));
  });

  it('loses no event that comes while a snapshot is on its way', async () => {
    const { link, events, snapshots } = fakeLink();
    const store = createBatchStore(link, assert.ifError);
    const opened = store.open(batchId);
    await settled();
    events.fire({ batch: batchId, events: eventsOf('true', 2, ['ok']).slice(1) });
    snapshots[0]?.(running('true', 2));
    assert.deepEqual(await opened, { ok: true, value: stateOf(eventsOf('true', 2, ['ok'])) });
  });

  it('asks for a batch whose start it has not seen', async () => {
    const { link, events, snapshots } = fakeLink();
    const store = createBatchStore(link, assert.ifError);
    events.fire({ batch: batchId, events: eventsOf('true', 2, ['ok']).slice(1) });
    await settled();
    snapshots[0]?.(running('true', 2));
    await settled();
    assert.equal(store.states.get(batchId)?.status, 'running');
  });

  it('forgets a batch at its end unless somebody retains it, and tells its end in both cases', () => {
    for (const retained of [true, false]) {
      const { link, events } = fakeLink();
      const store = createBatchStore(link, assert.ifError);
      const told: string[] = [];
      store.onDidChange(({ state }) => told.push(state.status));
      const hold = retained ? store.retain(batchId) : undefined;
      events.fire({ batch: batchId, events: [...eventsOf('true', 1, ['ok']), finished(['ok'])] });
      assert.deepEqual(told, ['succeeded']);
      assert.equal(store.states.has(batchId), retained);
      hold?.dispose();
      assert.equal(store.states.has(batchId), false);
    }
  });

  it('reads what it knows anew from another engine', async () => {
    const { link, events, attached, client, snapshots } = fakeLink();
    const store = createBatchStore(link, assert.ifError);
    store.retain(batchId);
    events.fire({ batch: batchId, events: eventsOf('true', 1, []) });
    attached.fire(client);
    await settled();
    snapshots[0]?.(ended('true', ['cancelled'], 'interrupted'));
    await settled();
    assert.equal(store.states.get(batchId)?.status, 'interrupted');
  });
});
