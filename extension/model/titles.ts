import { actionTitle } from '../../core/run/actionText.ts';
import { progressTitle } from '../../core/run/format.ts';
import { type BatchState, failures } from '../../core/run/state.ts';

const tabLength = 24;
const sentenceLength = 48;

/** First line, cut at the end: `uname -r; nginx…`, `+4 lines` where more follow. */
export function shortTitle(title: string, length: number): string {
  const [first = '', ...more] = title.trim().split('\n');
  const cut = first.length > length ? `${first.slice(0, length - 1).trimEnd()}…` : first;
  if (more.length === 0) return cut;
  return `${cut} +${more.length} ${more.length === 1 ? 'line' : 'lines'}`;
}

/** Title of a panel's tab: `81/120 · uname -r; nginx…`, at the end `9 failed · …` or `120 ok · …`. */
export function panelTitle(state: BatchState): string {
  return `${headline(state)} · ${shortTitle(actionTitle(state.plan.action), tabLength)}`;
}

function headline(state: BatchState): string {
  const halted = state.status === 'cancelled' || state.status === 'interrupted';
  return halted ? state.status : progressTitle(state);
}

/** What is said once at the end of a batch nobody looks at: `9 of 120 failed: uname -r; nginx -v…`. */
export function endMessage(state: BatchState): string {
  const total = state.executions.length;
  const title = shortTitle(actionTitle(state.plan.action), sentenceLength);
  const ok = `${state.counts.ok} of ${total} ok`;
  if (state.status === 'cancelled') return `Cancelled, ${ok}: ${title}`;
  if (state.status === 'interrupted') return `Interrupted, ${ok}: ${title}`;
  return failures(state) > 0 ? `${failures(state)} of ${total} failed: ${title}` : `${ok}: ${title}`;
}
