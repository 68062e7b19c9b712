import type { EngineClient } from '../core/protocol/client.ts';
import { refuse, type Result } from '../core/util/errors.ts';
import { queryBatch } from '../core/run/queryBatch.ts';
import type { BatchState } from '../core/run/state.ts';
import type { RunningBatch } from './batch.ts';
import type { Archive } from './history/archive.ts';
import { readOutputText } from './outputPages.ts';
import type { Others } from './others/others.ts';
import { noBatch } from '../core/history/notFound.ts';

export type BatchMethods = Pick<
  EngineClient,
  'cancel' | 'control' | 'batches' | 'status' | 'snapshot' | 'output' | 'answer'
>;

export type BatchMethodDeps = {
  readonly archive: Archive;
  readonly others: Others;
  /** Batches that run in this engine. */
  readonly running: ReadonlyMap<string, RunningBatch>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** What a client may do with batches once they are there. */
export function batchMethods({ archive, others, running: live, now }: BatchMethodDeps): BatchMethods {
  const running = (id: string): Result<RunningBatch> => {
    const batch = live.get(id);
    return batch ? { ok: true, value: batch } : refuse('NOT_FOUND', `No batch ${id} is running.`);
  };
  const stateOf = async (id: string): Promise<Result<BatchState>> => {
    const state = live.get(id)?.state() ?? (await archive.read(id));
    return state ? { ok: true, value: state } : noBatch(id);
  };
  return {
    async cancel(request) {
      const batch = live.get(request.batch);
      batch?.cancel(request);
      return batch ? done : others.ask({ type: 'cancel', ...request });
    },
    async control(request) {
      const batch = live.get(request.batch);
      batch?.control(request.control);
      return batch ? done : others.ask({ type: 'control', ...request });
    },
    batches: () => archive.list([...live.values()].flatMap((batch) => batch.state() ?? [])),
    async status({ batch, ...query }) {
      const state = await stateOf(batch);
      return state.ok ? { ok: true, value: queryBatch(state.value, query, now()) } : state;
    },
    async snapshot(id) {
      const other = live.has(id) ? undefined : await others.open(id);
      return other ? { ok: true, value: other } : stateOf(id);
    },
    output: (query) => readOutputText(query, { archive, running: live }),
    async answer(answer) {
      const batch = running(answer.batch);
      if (!batch.ok) return batch;
      const taken = await batch.value.answer(answer);
      return taken ? done : refuse('NOT_FOUND', 'This question has been answered.');
    },
  };
}

const done = { ok: true, value: null } as const;
