import type { InventoryIndex } from '../inventory/model.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import type { Problem } from '../util/problem.ts';

/** Nodes among these on which nothing may run, by the reason; those behind a blocked jump node too. */
export function blockedProblem(nodes: readonly string[], index: InventoryIndex): Problem | undefined {
  const byReason = new Map<string, string[]>();
  for (const name of nodes) {
    const reason = reasonOf(name, index);
    if (reason === undefined) continue;
    const known = byReason.get(reason);
    if (known) known.push(name);
    else byReason.set(reason, [name]);
  }
  if (byReason.size === 0) return undefined;
  const parts = [...byReason].map(([reason, names]) => `${foldForDisplay(names)}: ${reason}`);
  return { code: 'inventory/blocked', severity: 'error', message: parts.join('\n') };
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
