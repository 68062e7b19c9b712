import type { InventoryIndex } from '../../core/inventory/model.ts';

/** The ticked nodes, by name. */
export type Ticks = ReadonlySet<string>;

/** What is ticked: nodes one by one, and groups that stand for all their nodes, also those of tomorrow. */
export type Ticked = { readonly nodes: Ticks; readonly groups: Ticks };

export type TickChange = {
  readonly names: readonly string[];
  readonly ticked: boolean;
  /** Set where the row of a group was ticked as such. */
  readonly group?: string;
};

export const nothingTicked: Ticked = { nodes: new Set(), groups: new Set() };

/** Members of groups, as the inventory has them now. */
export type Members = Pick<InventoryIndex, 'groups' | 'members'>;

/**
 * Applies changes in order. Who unticks a node of a ticked group keeps the others: the group is no longer ticked as such.
 */
export function applyTicks(before: Ticked, changes: readonly TickChange[], index: Members): Ticked {
  return changes.reduce((ticked, change) => {
    if (change.group !== undefined && change.ticked) {
      return { nodes: ticked.nodes, groups: new Set([...ticked.groups, change.group]) };
    }
    const names = new Set(change.names);
    if (change.ticked) return { nodes: new Set([...ticked.nodes, ...names]), groups: ticked.groups };
    return untick(ticked, names, index);
  }, before);
}

function untick({ nodes, groups }: Ticked, names: Ticks, index: Members): Ticked {
  const broken = [...groups].filter((group) => index.members(group).some((name) => names.has(name)));
  const others = broken.flatMap((group) => index.members(group)).filter((name) => !names.has(name));
  return {
    nodes: new Set([...nodes, ...others].filter((name) => !names.has(name))),
    groups: new Set([...groups].filter((group) => !broken.includes(group))),
  };
}

/** All nodes that are ticked, by themselves or by a group. */
export function tickedNames({ nodes, groups }: Ticked, index: Members): Ticks {
  const names = new Set(nodes);
  for (const group of groups) for (const name of index.members(group)) names.add(name);
  return names;
}

/** The ticked groups that a node is in: why it is ticked without having been ticked itself. */
export function viaGroups(name: string, { nodes, groups }: Ticked, index: Members): readonly string[] {
  if (nodes.has(name)) return [];
  return [...groups].filter((group) => index.members(group).includes(name));
}

/** Everything that was not ticked, and nothing that was. */
export function invertTicks(ticks: Ticks, all: readonly string[]): Ticks {
  return new Set(all.filter((name) => !ticks.has(name)));
}

/** Splits ticks into those that exist, in inventory order, and names that are gone. */
export function matchTicks(ticks: Ticks, all: readonly string[]): { present: string[]; gone: string[] } {
  const known = new Set(all);
  return {
    present: all.filter((name) => ticks.has(name)),
    gone: [...ticks].filter((name) => !known.has(name)),
  };
}

/** How many of these are ticked. */
export function countTicked(ticks: Ticks, names: readonly string[]): number {
  let count = 0;
  for (const name of names) if (ticks.has(name)) count++;
  return count;
}

export function sameTicks(a: Ticks, b: Ticks): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}
