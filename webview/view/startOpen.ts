import { failures } from '../../core/run/state.ts';
import type { BatchState } from '../../core/run/state.ts';
import { isLive } from '../../core/run/state.ts';
import type { View } from './view.ts';

/**
 * What opens by itself: the detail of an only node at the start; when a small batch ends, those of up to three nodes
 * that failed; when a large one ends, the filter for what is not ok. A choice that a person made is left alone.
 */
export function startOpen(view: View, before: BatchState | undefined, state: BatchState): View {
  const only = state.executions.length === 1 ? state.executions[0] : undefined;
  if (only && !before) return view.open.includes(only.id) ? view : { ...view, open: [only.id] };
  if (!before || before.status !== 'running' || state.status === 'running') return view;
  const failed = failures(state);
  if (state.executions.length >= 100 && failed > 0 && failed < state.executions.length) {
    return view.filterChosen ? view : { ...view, filter: { ...view.filter, kinds: ['not-ok'] } };
  }
  if (only || state.executions.length > 9 || failed === 0 || failed > 3 || view.open.length > 0) return view;
  const open = state.executions
    .filter(({ status }) => !isLive(status) && status !== 'ok' && status !== 'skipped')
    .map(({ id }) => id);
  return { ...view, open };
}
