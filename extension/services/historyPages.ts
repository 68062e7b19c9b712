import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { HistoryQuery } from '../../core/protocol/history.ts';
import type { BatchPage, ExecutionSummary } from '../../core/protocol/status.ts';
import type { Result } from '../../core/util/errors.ts';
import type { EngineLink } from './engineLink.ts';

/** The first rows of a list, and how many there are. */
export type Head<T> = {
  readonly rows: readonly T[];
  readonly found: number;
  /** What a person should know about the history itself. It is told once. */
  readonly notes?: readonly string[];
};

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
    const { batches, found, notes } = answer.value;
    return { ok: true, value: { rows: batches, found, notes } };
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
  const notes: string[] = [];
  for (let page = 1; ; page++) {
    const answer = await ask(page);
    if (!answer.ok) return answer;
    const { found } = answer.value;
    rows.push(...answer.value.rows);
    notes.push(...(answer.value.notes ?? []));
    if (rows.length >= Math.min(count, found) || answer.value.rows.length === 0) {
      return { ok: true, value: { rows: rows.slice(0, count), found, notes } };
    }
  }
}
