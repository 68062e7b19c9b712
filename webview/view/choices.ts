import { nodesToRerun } from '../../core/run/rerun.ts';
import type { BatchState } from '../../core/run/state.ts';

/** One thing to do. */
export type Choice = { readonly id: string; readonly label: string; readonly disabled?: boolean };

/** Things to do of which one is the usual one. */
export type Choices = {
  readonly usual: Choice;
  /** What is in the menu beside it; there is none where this is empty. */
  readonly all: readonly Choice[];
  /** Name of a codicon. */
  readonly icon: string;
  /** What the button that opens all of them is called. */
  readonly more: string;
  /** Whether it is what most people want to do next. */
  readonly rank: 'primary' | 'secondary';
};

export function cancelChoices({ counts }: BatchState): Choices {
  return {
    usual: { id: 'all', label: 'Cancel' },
    all: [
      { id: 'all', label: 'Cancel all' },
      { id: 'queued', label: `Cancel what is queued (${counts.queued})`, disabled: counts.queued === 0 },
    ],
    icon: 'debug-stop',
    more: 'More ways to cancel',
    rank: 'secondary',
  };
}

const parts = ['failed', 'not-started', 'ok'] as const;
const words = {
  failed: 'Re-run failed',
  'not-started': 'Run what did not run',
  ok: 'Re-run ok',
} as const;

/** What of an ended batch there is to run again: what failed comes before what did not run. Nothing is there twice. */
export function rerunChoices(state: BatchState): Choices {
  const every = nodesToRerun(state, 'all').length;
  const some = parts.flatMap((id): (Choice & { isEvery: boolean })[] => {
    const { length } = nodesToRerun(state, id);
    return length === 0 ? [] : [{ id, label: `${words[id]} (${length})`, isEvery: length === every }];
  });
  const first = some.find(({ id }) => id !== 'ok');
  const usual = first ?? { id: 'all', label: 'Re-run' };
  const other = some.filter((each) => each !== first && !each.isEvery);
  const all = { id: 'all', label: `Re-run all (${state.executions.length})` };
  return {
    usual,
    all: [
      ...other,
      ...(!first || first.isEvery ? [] : [all]),
      ...(every > 1 ? [{ id: 'nodes', label: 'Re-run chosen nodes…' }] : []),
    ],
    icon: 'debug-rerun',
    more: 'More ways to re-run',
    rank: first ? 'primary' : 'secondary',
  };
}
