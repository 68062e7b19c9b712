import type { Answers } from '../../core/protocol/answers.ts';
import { capitalised, executionLook, mayStillRun } from '../../core/run/format.ts';
import type { Look } from '../../core/run/format.ts';
import { type Reason, reasonsOf } from '../../core/run/gather/reasons.ts';
import type { UnreachableKind } from '../../core/run/outcome.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { failedStep } from '../../core/run/stepState.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { visible } from '../../core/util/visible.ts';
import { withoutMasks } from '../../core/run/gather/masks.ts';

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
  /** Path of the step of a playbook that failed. */
  readonly step: string | undefined;
  readonly label: string;
};

/** The one thing that a person would do about it now. */
export type Next = { readonly label: string } & (
  | { readonly does: 'showOutput' | 'showPage'; readonly execution: string }
  | { readonly does: 'permit'; readonly by: 'policy' | 'trust' }
  | { readonly does: 'rerunLonger'; readonly timeoutMs: number }
  | { readonly does: 'stopAgain' | 'showNodes' | 'reach' | 'rerun' | 'showLog' }
);

/** Reasons that are shown; what is left is counted. */
export const mostReasons = 50;

export function whoFailed(state: BatchState, answers: Answers | undefined): readonly ReasonRow[] {
  return reasonsOf(state, answers?.clusters).map((reason) => rowOf(reason, state));
}

function rowOf(reason: Reason, state: BatchState): ReasonRow {
  const { executions, isOutput } = reason;
  const [first] = executions;
  const look = executionLook(first);
  const title = capitalised(visible(mayStillRun(first) ? look.word : reason.title));
  const text = isOutput ? withoutMasks(visible(reason.text)) : capitalised(visible(reason.text));
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
    next: nextOf(reason, state),
    step: failedStep(first)?.step,
    label: `${executions.length} ${title}, ${text}, ${names}`,
  };
}

/** Trying again changes nothing before a person has put right how the node is reached. */
const settled: readonly UnreachableKind[] = ['auth', 'host-key', 'folder', 'dns'];

function nextOf({ executions: [first] }: Reason, state: BatchState): Next {
  if (mayStillRun(first)) return { does: 'stopAgain', label: 'Stop them now' };
  const { outcome } = first;
  const isOver = state.status !== 'running';
  switch (outcome.status) {
    case 'unreachable':
      return settled.includes(outcome.kind)
        ? { does: 'showPage', label: 'How it is reached', execution: first.id }
        : { does: 'reach', label: 'Check reachability' };
    case 'lost':
      return { does: 'reach', label: 'Check reachability' };
    case 'timed-out':
      return (isOver && outcome.phase === 'run' && longerOf(state)) || outputOrNodes(first);
    case 'refused':
      return outcome.by === 'validation' ? outputOrNodes(first) : permitOf(outcome.by);
    case 'not-started':
    case 'interrupted':
      return isOver ? { does: 'rerun', label: 'Run on these' } : outputOrNodes(first);
    case 'crashed':
      return { does: 'showLog', label: 'Show log' };
    case 'ok':
    case 'failed':
    case 'signalled':
    case 'cancelled':
    case 'skipped':
      return outputOrNodes(first);
  }
}

function permitOf(by: 'policy' | 'trust'): Next {
  return { does: 'permit', by, label: by === 'policy' ? 'Open policy' : 'Manage trust' };
}

function outputOrNodes({ id, stdoutBytes, stderrBytes }: ExecutionState): Next {
  if (stdoutBytes + stderrBytes > 0) return { does: 'showOutput', label: 'Show output', execution: id };
  return { does: 'showNodes', label: 'Show nodes' };
}

/** Time limits that are offered after another was too short, in milliseconds. */
const longer = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];

/** Steps of a playbook have limits of their own, in its file. */
function longerOf({ plan }: BatchState): Next | undefined {
  const timeoutMs = longer.find((ms) => ms >= plan.limits.timeoutMs * 2);
  if (timeoutMs === undefined || plan.action.type === 'playbook') return undefined;
  const time = timeoutMs < 60_000 ? `${timeoutMs / 1000} s` : `${timeoutMs / 60_000} min`;
  return { does: 'rerunLonger', timeoutMs, label: `Re-run with ${time}` };
}
