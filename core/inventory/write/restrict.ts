import type { Inventory, InventoryGroup } from '../model.ts';
import { parentsOf } from '../parents.ts';

/** An inventory with these nodes only. Groups shrink to them; those that have no node left are gone. */
export function restrictTo(inventory: Inventory, only: ReadonlySet<string>): Inventory {
  const kept = inventory.groups.map((group) => ({
    ...group,
    nodes: group.nodes.filter((name) => only.has(name)),
  }));
  const filled = filledGroups(kept);
  return {
    ...inventory,
    nodes: inventory.nodes.filter(({ name }) => only.has(name)),
    groups: kept
      .filter(({ name }) => filled.has(name))
      .map((group) => ({ ...group, groups: group.groups.filter((name) => filled.has(name)) })),
  };
}

/** Groups with a node in themselves or below. */
function filledGroups(groups: readonly InventoryGroup[]): ReadonlySet<string> {
  const parents = parentsOf(groups);
  const filled = new Set<string>();
  const pending = groups.filter(({ nodes }) => nodes.length > 0).map(({ name }) => name);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (filled.has(name)) continue;
    filled.add(name);
    for (const parent of parents.get(name) ?? []) pending.push(parent);
  }
  return filled;
}
