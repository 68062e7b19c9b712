import type { InventoryPart, PartGroup } from '../part.ts';

/** Groups of one file and how nodes are in them. */
export type Membership = {
  /** The way from a group to a node, the group first; undefined where the node is not in it. */
  wayTo(group: string, node: string, start?: 'anywhere' | 'inner'): readonly string[] | undefined;
};

export function membershipIn({ groups }: InventoryPart): Membership {
  const byName = new Map(groups.map((group) => [group.name, group]));
  const members = new Map(groups.map((group) => [group.name, new Set(group.nodes)]));
  const search = (first: PartGroup, node: string, start: 'anywhere' | 'inner'): string[] | undefined => {
    const seen = new Set<string>();
    const pending: string[][] = [[first.name]];
    for (let way = pending.shift(); way; way = pending.shift()) {
      const name = way.at(-1) ?? '';
      if (way.length > 1 && seen.has(name)) continue;
      seen.add(name);
      if ((way.length > 1 || start === 'anywhere') && members.get(name)?.has(node)) return way;
      for (const inner of byName.get(name)?.groups ?? []) pending.push([...way, inner]);
    }
    return undefined;
  };
  return {
    wayTo(group, node, start = 'anywhere') {
      const first = byName.get(group);
      return first && search(first, node, start);
    },
  };
}
