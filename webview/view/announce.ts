import { plural, spokenDuration } from '../../core/run/format.ts';
import { sentenceText } from '../../core/run/format.ts';
import { completed, failures } from '../../core/run/state.ts';
import type { BatchState } from '../../core/run/state.ts';

/** What a screen reader hears; what is `urgent` is said at once, the rest at most every 5 s. */
export type Announcement = { readonly text: string; readonly urgent: boolean };

export function announcementOf(state: BatchState): Announcement {
  const prompt = Object.values(state.prompts).find((each) => each.type === 'host-keys');
  if (prompt) {
    const nodes = new Set(prompt.keys.flatMap((each) => each.nodes)).size;
    return { text: `${plural(nodes, 'node waits', 'nodes wait')} for host keys.`, urgent: true };
  }
  if (state.status === 'running') {
    const failed = failures(state);
    const tail = failed > 0 ? `, ${failed} failed` : '';
    return { text: `${completed(state)} of ${state.executions.length} done${tail}.`, urgent: false };
  }
  const took = state.endedAt === undefined ? '' : `, in ${spokenDuration(state.endedAt - state.startedAt)}`;
  const stopped = state.stopReport
    ? ` Stopped on ${state.stopReport.stopped.length}, still running on ${state.stopReport.running.length}.`
    : '';
  return { text: `${sentenceText(state)}${took}.${stopped}`, urgent: true };
}
