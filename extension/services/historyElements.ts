import { isDeepStrictEqual } from 'node:util';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { ExecutionSummary } from '../../core/protocol/status.ts';
import type { BatchElement, HistoryElement } from '../model/historyElement.ts';
import { byDay } from '../model/historyDays.ts';
import type { Head } from './historyPages.ts';
import type { History } from './historyState.ts';

/** The rows of the history. The same row is the same object, whatever it says now. */
export type HistoryElements = {
  /** The rows at the top. */
  readonly top: readonly HistoryElement[];
  /** Takes what is known now. Gives the rows that say something else, or nothing where other rows are there. */
  take(history: History, now: number): readonly HistoryElement[] | undefined;
  /** The rows below a batch. */
  executions(batch: BatchElement, found: Head<ExecutionSummary>): readonly HistoryElement[];
};

export function createHistoryElements(): HistoryElements {
  const batches = new Map<string, BatchElement>();
  let top: readonly HistoryElement[] = [];
  let shape: unknown;

  const batchElement = (summary: BatchSummary): BatchElement => {
    const known = batches.get(summary.id);
    if (known) return known;
    const made: BatchElement = { kind: 'batch', key: `batch/${summary.id}`, id: summary.id, summary };
    batches.set(summary.id, made);
    return made;
  };

  return {
    get top() {
      return top;
    },
    take({ batches: summaries, found, problem }, now) {
      const elements = summaries.map(batchElement);
      const changed = elements.filter((element, at) => isNews(element.summary, summaries[at]));
      summaries.forEach((summary) => {
        batchElement(summary).summary = summary;
      });
      const days = byDay(summaries, now).map(({ id, label, batches: of }) => {
        return { kind: 'day' as const, key: `day/${id}`, label, batches: of.map(batchElement) };
      });
      const left = found - summaries.length;
      const next = [days.map((day) => [day.key, day.label, day.batches.map(({ id }) => id)]), left, problem];
      if (isDeepStrictEqual(shape, next)) return changed;
      shape = next;
      top = [
        ...(problem ? [{ kind: 'problem' as const, key: 'problem', text: problem.message }] : []),
        ...days,
        ...(left > 0 ? [{ kind: 'more' as const, key: 'more', left }] : []),
      ];
      return undefined;
    },
    executions: (batch, { rows, found }) => [
      ...rows.map((execution) => ({
        kind: 'execution' as const,
        key: `${batch.key}/${execution.id}`,
        batch: batch.id,
        execution,
      })),
      ...(found > rows.length
        ? [{ kind: 'more' as const, key: `${batch.key}/more`, batch, left: found - rows.length }]
        : []),
    ],
  };
}

/** Of a batch that runs the time goes on, and what is below it. */
function isNews(before: BatchSummary, now: BatchSummary | undefined): boolean {
  return before.status === 'running' || !isDeepStrictEqual(before, now);
}
