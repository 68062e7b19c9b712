import assert from 'node:assert/strict';
import type { BatchEvents } from '../../../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../../../core/run/state.ts';
import { Emitter } from '../../../../core/util/emitter.ts';
import { feedIndex } from '../../../../engine/history/index/feed.ts';
import { eventsOf, idOf } from '../batches.ts';

const ran = [{ node: 'web1', tags: ['prod'], outcome: { status: 'ok' } }] as const;
const id = idOf(1);
const all = eventsOf({ id, at: 1000, ran });

/** A feed whose time passes when a test says so, and what it has written: ids with status and tags. */
function createFed({ isSaved = true } = {}) {
  const events = new Emitter<BatchEvents>();
  const batches = new Map<string, { state(): BatchState | undefined }>();
  const written: string[][] = [];
  let due: (() => void) | undefined;
  const feed = feedIndex({
    events: events.event,
    batches,
    clock: {
      now: () => 0,
      after(_ms, callback) {
        due = callback;
        return { dispose: () => (due = undefined) };
      },
    },
    isSaved: () => isSaved,
    async write(entries) {
      written.push(
        entries.map(({ record: { summary, executions } }) =>
          [summary.id, summary.status, ...executions.flatMap(({ tags }) => tags)].join(' '),
        ),
      );
    },
  });
  /** Lets the first so many events happen. */
  const happen = (from: number, to: number): void => {
    batches.set(id, { state: () => reduceAll(undefined, all.slice(0, to)) });
    events.fire({ batch: id, events: all.slice(from, to) });
  };
  return { feed, happen, batches, events, written, pass: () => due?.() };
}

describe('what happens to batches', () => {
  it('goes into the index some at a time: one write for whatever came in the meantime', () => {
    const { happen, written, pass } = createFed();
    happen(0, 1);
    happen(1, 2);
    assert.deepEqual(written, []);
    pass();
    assert.deepEqual(written, [[`${id} running prod`]]);
    happen(2, all.length);
    pass();
    assert.deepEqual(written[1], [`${id} succeeded prod`]);
  });

  it('goes there at once where somebody asks', async () => {
    const { feed, happen, batches, written, pass } = createFed();
    happen(0, all.length);
    batches.delete(id);
    await feed.flush();
    await feed.flush();
    pass();
    assert.deepEqual(written, [[`${id} succeeded prod`]]);
  });

  it('is left to the logs where a batch is of another process, or its end is not on the disk', async () => {
    const others = createFed();
    others.events.fire({ batch: id, events: all });
    await others.feed.flush();
    const unsaved = createFed({ isSaved: false });
    unsaved.happen(0, all.length);
    await unsaved.feed.flush();
    assert.deepEqual([others.written, unsaved.written], [[], []]);
  });
});
