import type { EngineClient } from '../../core/protocol/client.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { BatchMethods } from '../batchMethods.ts';
import type { Limits } from '../limits/limits.ts';
import type { AnswerBook } from './answers.ts';

type Deps = Pick<BatchMethods, 'snapshot' | 'output'> & {
  readonly answerBook: AnswerBook;
  readonly limits: Pick<Limits, 'config'>;
};

/** The answers of a batch, with the masks of the workspace that it was run from and those of its user. */
export function answersMethod(
  { snapshot, output, answerBook, limits }: Deps,
  context: ClientContext,
): EngineClient['answers'] {
  return async (query) => {
    const found = await snapshot(query.batch);
    if (!found.ok) return found;
    const state = found.value;
    const { sources } = state.plan.request;
    const config = limits.config({ folder: context.folder, sources });
    const value = await answerBook.answers(query, {
      state,
      patterns: config.ok ? config.value.masks : [],
      now: () => performance.now(),
      async read({ id }, range) {
        const page = await output({ batch: state.id, execution: id, ...range });
        return page.ok ? page.value : { next: range.from, total: 0, chunks: [] };
      },
    });
    return { ok: true, value };
  };
}
