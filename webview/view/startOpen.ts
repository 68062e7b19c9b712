import { failures, isLive } from '../../core/run/state.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { View } from './view.ts';

/**
 * What opens by itself: the detail of an only node, always. When a small batch has ended, once, the details of up to
 * three nodes that failed; when a large one has, the filter for what is not ok. A choice of a person is left alone.
 */
export function startOpen(view: View, state: BatchState): View {
  const [only] = state.executions;
  if (only && state.executions.length === 1)
    return view.open.includes(only.id) ? view : { ...view, open: [only.id] };
  if (state.status === 'running' || view.endShown) return view;
  return { ...view, ...atEnd(view, state), endShown: true };
}

function atEnd(view: View, state: BatchState): Partial<View> {
  const count = state.executions.length;
  const failed = failures(state);
  if (count >= 100) {
    const choose = !view.filterChosen && failed > 0 && failed < count;
    return choose ? { filter: { ...view.filter, kinds: ['not-ok'] } } : {};
  }
  if (count > 9 || failed === 0 || failed > 3 || view.open.length > 0) return {};
  return { open: state.executions.filter(isNotOk).map(({ id }) => id) };
}

function isNotOk({ status }: BatchState['executions'][number]): boolean {
  return !isLive(status) && status !== 'ok' && status !== 'skipped';
}
