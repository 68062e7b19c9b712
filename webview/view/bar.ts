import { outcomeLook } from '../../core/run/format.ts';
import type { Family } from '../../core/run/format.ts';
import type { BatchState, ExecutionState, ExecutionStatus } from '../../core/run/state.ts';
import { completed } from '../../core/run/state.ts';
import { outcomeStatuses } from '../../core/run/statuses.ts';

/** A stretch of the progress bar. `edge` marks stretches of the track colour that have ended. */
export type Segment = {
  readonly key: ExecutionStatus;
  readonly family: Family | 'track';
  readonly edge: boolean;
  readonly count: number;
  readonly title: string;
};

/** In the order of the legend, then what is under way, then the queue. The counts add up to all executions. */
export function barSegments({ counts }: BatchState): readonly Segment[] {
  return segmentsFrom(counts);
}

/** The same of some executions. */
export function segmentsOf(executions: readonly ExecutionState[]): readonly Segment[] {
  const counts: Counts = {};
  for (const { status } of executions) counts[status] = (counts[status] ?? 0) + 1;
  return segmentsFrom(counts);
}

type Counts = Partial<Record<ExecutionStatus, number>>;

function segmentsFrom(counts: Readonly<Counts>): readonly Segment[] {
  const { running = 0, connecting = 0, waiting = 0, queued = 0 } = counts;
  const ended = outcomeStatuses.map((status): Segment => {
    const { family, inSentence } = outcomeLook[status];
    const count = counts[status] ?? 0;
    return {
      key: status,
      family: family === 'idle' ? 'track' : family,
      edge: status === 'cancelled' || status === 'skipped',
      count,
      title: `${count} ${inSentence}`,
    };
  });
  const active = running + connecting + waiting;
  return [
    ...ended,
    {
      key: 'running' as const,
      family: 'active' as const,
      edge: false,
      count: active,
      title: `${active} running`,
    },
    {
      key: 'queued' as const,
      family: 'track' as const,
      edge: false,
      count: queued,
      title: `${queued} queued`,
    },
  ].filter(({ count }) => count > 0);
}

/** Whole percent of executions that ended; 100 only when all did. */
export function percentDone(state: BatchState): number {
  const all = state.executions.length;
  return all === 0 ? 100 : Math.floor((completed(state) / all) * 100);
}
