import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { HistoryQuery } from '../../core/protocol/history.ts';
import type { BatchPage, ExecutionSummary } from '../../core/protocol/status.ts';
import type { Result } from '../../core/util/errors.ts';
import type { EngineLink } from './engineLink.ts';

/** The first rows of a list, and how many there are. */
export type Head<T> = { readonly rows: readonly T[]; readonly found: number };

const pageSize = 100;

/** The newest `count` batches that fit. */
export function newestBatches(
  link: EngineLink,
  query: HistoryQuery,
  count: number,
): Promise<Result<Head<BatchSummary>>> {
  return headOf(count, async (page) => {
    const client = await link.client();
    const answer = client.ok ? await client.value.history({ ...query, page, pageSize }) : client;
    if (!answer.ok) return answer;
    return { ok: true, value: { rows: answer.value.batches, found: answer.value.found } };
  });
}

/** The first `count` executions of a batch, those that failed before the others. */
export function firstExecutions(
  link: EngineLink,
  batch: string,
  count: number,
): Promise<Result<Head<ExecutionSummary>>> {
  return headOf(count, async (page) => {
    const client = await link.client();
    const answer: Result<BatchPage> = client.ok
      ? await client.value.status({ batch, sort: 'trouble', page, pageSize })
      : client;
    if (!answer.ok) return answer;
    return { ok: true, value: { rows: answer.value.executions, found: answer.value.found } };
  });
}

async function headOf<T>(
  count: number,
  ask: (page: number) => Promise<Result<Head<T>>>,
): Promise<Result<Head<T>>> {
  const rows: T[] = [];
  for (let page = 1; ; page++) {
    const answer = await ask(page);
    if (!answer.ok) return answer;
    rows.push(...answer.value.rows);
    const { found } = answer.value;
    if (rows.length >= Math.min(count, found) || answer.value.rows.length === 0) {
      return { ok: true, value: { rows: rows.slice(0, count), found } };
    }
  }
}
