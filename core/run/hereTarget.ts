import type { Items } from './items.ts';
import type { PlannedExecution, Target } from './plan.ts';
import { itemNames } from './items.ts';

/** Every node with every set, node by node; the sets in their order. */
export function executionsFor(targets: readonly Target[], items: Items | undefined): PlannedExecution[] {
  const names = items ? itemNames(items) : [undefined];
  const pairs = targets.flatMap(({ node }) =>
    names.map((name, index) => ({ node, ...(name !== undefined && { item: { index, name } }) })),
  );
  return pairs.map((pair, at) => ({ id: `e${at + 1}`, ...pair }));
}

/** The node that stands for this machine where sets of parameters are given, and no nodes. */
export const hereName = 'localhost';

/** This machine, with processes in `folder`. */
export function hereTarget(folder: string, connectTimeoutMs: number): Target {
  return {
    node: hereName,
    transport: 'local',
    options: { cwd: folder },
    connectTimeoutMs,
    tags: [],
    vars: {},
    isHere: true,
  };
}
