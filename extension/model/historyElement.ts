import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { ExecutionSummary } from '../../core/protocol/status.ts';

/** A row of the history. VS Code knows rows by identity: one stays the same object for as long as it is the same row. */
export type HistoryElement =
  | { readonly kind: 'day'; readonly key: string; label: string; batches: readonly BatchElement[] }
  | BatchElement
  | ExecutionElement
  /** Shows more batches, or more executions of a batch. */
  | { readonly kind: 'more'; readonly key: string; readonly batch?: BatchElement; left: number }
  /** Why there is nothing to show. */
  | { readonly kind: 'problem'; readonly key: string; text: string };

export type BatchElement = {
  readonly kind: 'batch';
  readonly key: string;
  readonly id: string;
  summary: BatchSummary;
};

export type ExecutionElement = {
  readonly kind: 'execution';
  readonly key: string;
  readonly batch: string;
  execution: ExecutionSummary;
};

export function isHistoryElement(value: unknown): value is HistoryElement {
  return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}

/** The batches that a command was called on: the highlighted rows where there are several, else its row. */
export function batchesOf(args: readonly unknown[]): readonly BatchElement[] {
  return historyRowsOf(args).filter((each) => each.kind === 'batch');
}

/** The executions that a command was called on; of several batches, those of the row it was called on. */
export function executionsOf(args: readonly unknown[]): readonly ExecutionElement[] {
  const rows = historyRowsOf(args).filter((each) => each.kind === 'execution');
  const [called] = args;
  const batch = isHistoryElement(called) && called.kind === 'execution' ? called.batch : rows[0]?.batch;
  return rows.filter((each) => each.batch === batch);
}

function historyRowsOf([row, rows]: readonly unknown[]): readonly HistoryElement[] {
  if (Array.isArray(rows) && rows.length > 0) return rows.filter(isHistoryElement);
  return isHistoryElement(row) ? [row] : [];
}
