import type { Answers } from '../../core/protocol/answers.ts';
import { capitalised, executionLook, mayStillRun } from '../../core/run/format.ts';
import type { Look } from '../../core/run/format.ts';
import { type Reason, reasonsOf } from '../../core/run/gather/reasons.ts';
import type { BatchState } from '../../core/run/state.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { visible } from '../../core/util/visible.ts';

/** Why some nodes failed, as it is shown. */
export type ReasonRow = {
  readonly key: string;
  readonly look: Look;
  readonly title: string;
  readonly text: string;
  readonly isOutput: boolean;
  readonly count: number;
  readonly names: string;
  readonly executions: readonly string[];
  readonly next: Next;
  readonly label: string;
};

/** The one thing that a person would do about it now. */
export type Next =
  | { readonly does: 'showOutput'; readonly label: string; readonly execution: string }
  | { readonly does: 'stopAgain'; readonly label: string }
  | { readonly does: 'showNodes'; readonly label: string };

/** Reasons that are shown; what is left is counted. */
export const mostReasons = 50;

export function whoFailed(state: BatchState, answers: Answers | undefined): readonly ReasonRow[] {
  return reasonsOf(state, answers?.clusters).map(rowOf);
}

function rowOf(reason: Reason): ReasonRow {
  const { executions, isOutput } = reason;
  const [first] = executions;
  const look = executionLook(first);
  const title = capitalised(visible(mayStillRun(first) ? look.word : reason.title));
  const text = isOutput ? visible(reason.text) : capitalised(visible(reason.text));
  const names = foldForDisplay(executions.map(({ node }) => visible(node)));
  return {
    key: `${first.id} ${title} ${text}`,
    look,
    title,
    text,
    isOutput,
    count: executions.length,
    names: executions.length === 1 && first.attempts > 1 ? `${names} · ${first.attempts} attempts` : names,
    executions: executions.map(({ id }) => id),
    next: nextOf(reason),
    label: `${executions.length} ${title}, ${text}, ${names}`,
  };
}

function nextOf({ executions: [first] }: Reason): Next {
  if (mayStillRun(first)) return { does: 'stopAgain', label: 'Stop them now' };
  if (first.stdoutBytes + first.stderrBytes > 0)
    return { does: 'showOutput', label: 'Show output', execution: first.id };
  return { does: 'showNodes', label: 'Show nodes' };
}
