import { evaluateNames } from './evaluate.ts';
import type { FoldOptions } from './fold.ts';
import { foldSet } from './fold.ts';
import type { GroupResolver } from './groups.ts';
import type { NodeSet } from './nodeSet.ts';
import { combine, includes, sizeOf } from './nodeSet.ts';
import { compareCodePoints, namesInOrder } from './order.ts';

/** Groups of a source, and whether their names are written with it. */
export type Listing = {
  readonly groups: GroupResolver;
  readonly source: string | undefined;
  /** Without the source before the name. */
  readonly isBare: boolean;
};

/** One group: its name as it is written, its nodes, and those of them that were asked for. */
export type ListedGroup = { readonly name: string; readonly nodes: NodeSet; readonly within: NodeSet };

/** A set by the groups that it has as a whole, the largest first, and what is left of it: `nodeset -r`. */
export function regroupSet(set: NodeSet, listing: Listing, options: FoldOptions = {}): string {
  const full = groupsOf(listing)
    .filter(({ nodes }) => nodes.size > 0 && includes(set, nodes))
    .sort((a, b) => sizeOf(b.nodes) - sizeOf(a.nodes) || compareCodePoints(a.name, b.name));
  const rest: NodeSet = new Map();
  combine(rest, ',', set);
  const found: string[] = [];
  for (const { name, nodes } of full) {
    if (rest.size === 0) break;
    if (!includes(rest, nodes)) continue;
    found.push(name);
    combine(rest, '!', nodes);
  }
  const terms = [foldSet(evaluateNames(found)), foldSet(rest, options)];
  return terms.filter((term) => term !== '').join(',');
}

/** Groups of a source in the order of their names; with a set only those that have nodes of it. */
export function listGroups(listing: Listing, set?: NodeSet): ListedGroup[] {
  const all = groupsOf(listing).map((group) => {
    const within: NodeSet = new Map();
    combine(within, ',', group.nodes);
    if (set) combine(within, '&', set);
    return { ...group, within };
  });
  const found = set ? all.filter(({ within }) => within.size > 0) : all;
  const byName = new Map(found.map((group) => [group.name, group]));
  const order = set
    ? [...byName.keys()].sort(compareCodePoints)
    : [...namesInOrder(evaluateNames([...byName.keys()]))];
  return order.flatMap((name) => byName.get(name) ?? []);
}

function groupsOf({ groups, source, isBare }: Listing): { name: string; nodes: NodeSet }[] {
  const prefix = source === undefined || isBare ? '@' : `@${source}:`;
  return (groups.groups(source) ?? []).map((group) => ({
    name: prefix + group,
    nodes: evaluateNames(groups.nodes(group, source) ?? []),
  }));
}
