import type { BatchSummary } from '../protocol/batch.ts';
import { actionTitle } from '../run/actionText.ts';
import { type BatchState, completed, failures } from '../run/state.ts';

/** A batch in one line, as far as it is. */
export function summaryOf(state: BatchState): BatchSummary {
  const { action, request } = state.plan;
  return {
    id: state.id,
    title: actionTitle(action),
    kind: action.type,
    ...(action.type === 'playbook' && { file: action.file }),
    user: state.user,
    status: state.status,
    nodes: state.executions.length,
    completed: completed(state),
    failures: failures(state),
    counts: Object.fromEntries(Object.entries(state.counts).filter(([, count]) => count > 0)),
    startedAt: state.startedAt,
    ...(state.endedAt !== undefined && { endedAt: state.endedAt }),
    ...workOf(state),
    ...(request.origin && { origin: request.origin }),
  };
}

function workOf({ executions }: BatchState): Pick<BatchSummary, 'firstStart' | 'lastEnd'> {
  let firstStart = Infinity;
  let lastEnd = -Infinity;
  for (const { startedAt, endedAt } of executions) {
    if (startedAt === undefined) continue;
    firstStart = Math.min(firstStart, startedAt);
    if (endedAt !== undefined) lastEnd = Math.max(lastEnd, endedAt);
  }
  return {
    ...(Number.isFinite(firstStart) && { firstStart }),
    ...(Number.isFinite(lastEnd) && { lastEnd }),
  };
}
