import type { InventoryIndex } from '../inventory/model.ts';
import type { Problem } from '../util/problem.ts';
import { byReason } from './byReason.ts';

/** Nodes among these on which nothing may run, by the reason; those behind a blocked jump node too. */
export function blockedProblem(nodes: readonly string[], index: InventoryIndex): Problem | undefined {
  const lines = byReason(
    nodes.flatMap((node) => {
      const reason = reasonOf(node, index);
      return reason === undefined ? [] : [{ node, reason }];
    }),
  );
  if (lines.length === 0) return undefined;
  return { code: 'inventory/blocked', severity: 'error', message: lines.join('\n') };
}

function reasonOf(
  name: string,
  index: InventoryIndex,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  const node = index.nodes.get(name);
  if (!node || seen.has(name)) return undefined;
  if (node.blocked !== undefined) return node.blocked;
  const on = new Set([...seen, name]);
  for (const hop of node.connection.jump) {
    const reason = reasonOf(hop, index, on);
    if (reason !== undefined) return `its jump node ${hop}: ${reason}`;
  }
  return undefined;
}
