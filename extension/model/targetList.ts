import { selectionOf } from '../../core/selection/write.ts';
import type { InventoryGroup, InventoryIndex } from '../../core/inventory/model.ts';
import type { TargetNode, Targets, TargetSet } from '../../core/protocol/targets.ts';
import { setTerm } from './expression.ts';
import type { SavedSelection } from './savedSelection.ts';

/** What can be selected, for the page of New Run: groups as a tree in the order of the files, tags by name. */
export function targetList(index: InventoryIndex, saved: readonly SavedSelection[]): Targets {
  const { inventory, tags } = index;
  const places = new Map(inventory.nodes.map(({ name }, at) => [name, at]));
  const placesOf = (names: readonly string[]): number[] => names.flatMap((name) => places.get(name) ?? []);
  return {
    nodes: inventory.nodes.map((node): TargetNode => {
      const { name, connection, blocked } = node;
      const { host } = connection;
      return {
        name,
        address: host !== undefined && host !== name ? host : '',
        tags: node.tags,
        source: node.origin.source,
        ...(blocked !== undefined && { blocked }),
      };
    }),
    groups: groupTree(index).map(({ name, depth }) => ({
      name,
      depth,
      nodes: placesOf(index.members(name)),
    })),
    tags: [...tags]
      .map(([name, nodes]): TargetSet => ({ name, depth: 0, nodes: placesOf(nodes) }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    saved: saved.map((each) => ({ name: each.name, expression: expressionOf(each, index) })),
  };
}

/** A saved selection as the line of targets has it; what is gone is left out, as where it is ticked. */
function expressionOf(saved: SavedSelection, index: InventoryIndex): string {
  const { nodes, groups, tags = [], expression } = saved;
  if (expression !== undefined) return expression;
  return [
    ...groups.filter((name) => index.groups.has(name)).map((name) => setTerm({ kind: 'group', name })),
    ...tags.filter((name) => index.tags.has(name)).map((name) => setTerm({ kind: 'tag', name })),
    selectionOf(
      nodes.filter((name) => index.nodes.has(name)),
      index,
    ),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** Deepest nesting that is shown. */
const mostDepth = 8;

/** Each group below the first that has it; one of a circle stands where it was met. */
function groupTree({ inventory, groups }: InventoryIndex): readonly { name: string; depth: number }[] {
  const inner = new Set(inventory.groups.flatMap((group) => (group.isTop ? [] : group.groups)));
  const rows: { name: string; depth: number }[] = [];
  const seen = new Set<string>();
  const add = (group: InventoryGroup | undefined, depth: number): void => {
    if (!group || seen.has(group.name)) return;
    seen.add(group.name);
    rows.push({ name: group.name, depth: Math.min(depth, mostDepth) });
    for (const name of group.groups) add(groups.get(name), depth + 1);
  };
  for (const group of inventory.groups) if (!inner.has(group.name) || group.isTop) add(group, 0);
  for (const group of inventory.groups) add(group, 0);
  return rows;
}
