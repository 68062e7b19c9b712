import { capitalised, formatDuration } from '../../core/run/format.ts';
import { isLive } from '../../core/run/state.ts';
import type { ExecutionState } from '../../core/run/state.ts';
import type { StepState } from '../../core/run/stepState.ts';
import { visible } from '../../core/util/visible.ts';
import { cellLook } from './stepCells.ts';

/** A step of one node as the detail lists it. */
export type StepLine = {
  readonly step: string;
  readonly title: string;
  readonly look: (typeof cellLook)[keyof typeof cellLook];
  /** `2.1 s · changed`, `Exit 3`. */
  readonly text: string;
  readonly label: string;
};

export function stepLines(execution: ExecutionState, now: number): readonly StepLine[] {
  return (execution.steps ?? []).map((step) => {
    const look = cellLook[statusOf(step, execution)];
    const title = visible(step.title);
    const text = textOf(step, now);
    return { step: step.step, title, look, text, label: [title, look.word, text].filter(Boolean).join(', ') };
  });
}

function statusOf(
  { status, changed, ignored, rescued }: StepState,
  execution: ExecutionState,
): keyof typeof cellLook {
  if (status === 'failed') return ignored ? 'ignored' : rescued ? 'rescued' : 'failed';
  // What had begun when the connection went away has no end of its own.
  if (status === 'running') return isLive(execution.status) ? 'running' : 'failed';
  return status === 'ok' && changed ? 'changed' : status;
}

function textOf(
  { status, changed, message, attempts, on, startedAt, endedAt }: StepState,
  now: number,
): string {
  const took = (endedAt ?? now) - startedAt;
  const parts = [
    status === 'failed' || status === 'skipped'
      ? capitalised(visible(message)) || 'Failed'
      : formatDuration(took, status === 'running' ? 'live' : 'ended'),
    changed && 'changed',
    attempts > 1 && `${attempts} tries`,
    on !== undefined && `on ${visible(on)}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
