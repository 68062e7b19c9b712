import { plural } from '../../core/run/format.ts';
import { nodesToRerun } from '../../core/run/rerun.ts';
import type { RerunChoice } from '../../core/run/rerunChoice.ts';
import type { BatchState } from '../../core/run/state.ts';
import { foldWithin } from './foldWithin.ts';

/** One way to run a batch again. */
export type RerunRow = {
  readonly which: RerunChoice;
  readonly label: string;
  /** `4 nodes: web[01-04]`. */
  readonly description: string;
};

const foldedAtMost = 60;

const labels: Readonly<Record<RerunChoice, string>> = {
  failed: 'Failed',
  'not-started': 'Not started',
  ok: 'Ok',
  all: 'All',
  nodes: 'Chosen nodes…',
};

/** The ways there are to run an ended batch again: those that leave no node, or all of them twice, are left out. */
export function rerunRows(state: Pick<BatchState, 'executions'>): readonly RerunRow[] {
  const total = state.executions.length;
  const parts = (['failed', 'not-started', 'ok'] as const).flatMap((which): RerunRow[] => {
    const nodes = nodesToRerun(state, which);
    return nodes.length === 0 || nodes.length === total ? [] : [rowOf(which, nodes)];
  });
  const all = rowOf('all', nodesToRerun(state, 'all'));
  return [
    ...parts,
    all,
    ...(total > 1 ? [{ which: 'nodes' as const, label: labels.nodes, description: '' }] : []),
  ];
}

function rowOf(which: RerunChoice, nodes: readonly string[]): RerunRow {
  const description = `${plural(nodes.length, 'node')}: ${foldWithin(nodes, foldedAtMost)}`;
  return { which, label: labels[which], description };
}
