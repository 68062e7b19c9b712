import { outcomeLook } from '../../core/run/format.ts';
import type { ExecutionState, ExecutionStatus } from '../../core/run/state.ts';

/** Nodes by how they ended. */
export type StatusGroup = { readonly status?: ExecutionStatus; readonly nodes: readonly string[] };

/** All nodes, then those of each status that there is, in the order of the legend; a node is in a group once. */
export function statusGroups(
  executions: readonly Pick<ExecutionState, 'node' | 'status'>[],
): readonly StatusGroup[] {
  const named = (wanted?: string): readonly string[] => [
    ...new Set(
      executions.filter(({ status }) => wanted === undefined || status === wanted).map(({ node }) => node),
    ),
  ];
  const statuses = [...new Set(executions.map(({ status }) => status))];
  const order = Object.keys(outcomeLook);
  const sorted = statuses.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  return [{ nodes: named() }, ...sorted.map((status) => ({ status, nodes: named(status) }))];
}
