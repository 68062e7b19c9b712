import type { Rerun } from '../../core/protocol/webview.ts';
import { shortId } from '../../core/run/format.ts';
import type { RerunChoice } from '../../core/run/rerunChoice.ts';
import type { BatchState } from '../../core/run/state.ts';

/** A link to a batch that this one runs again, or that runs this one again. */
export type Relative = { readonly batch: string; readonly text: string };

const atMost = 3;

/** Short, as it stands in a line with everything else; the link leads to the rest. */
const part: Readonly<Record<RerunChoice, string>> = {
  all: '',
  failed: ' (failed)',
  'not-started': ' (not started)',
  ok: ' (ok)',
  nodes: ' (chosen)',
};

/** The origin first, then the newest re-runs. */
export function relativesOf({ plan }: BatchState, reruns: readonly Rerun[] = []): readonly Relative[] {
  const { origin } = plan.request;
  return [
    ...(origin
      ? [{ batch: origin.batch, text: `re-run of ${shortId(origin.batch)}${part[origin.which]}` }]
      : []),
    ...reruns.slice(0, atMost).map(({ batch, status }) => {
      return { batch, text: `run again: ${shortId(batch)}, ${status}` };
    }),
  ];
}
