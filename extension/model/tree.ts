import type { InventoryGroup, InventoryIndex, InventoryNode } from '../../core/inventory/model.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { foldRanges } from './ranges.ts';

/** A row of the inventory tree. The same for as long as the inventory is; ticks are looked up beside it. */
export type TreeElement = {
  /** Unique in the tree and the same after a re-read: the path of names to the row. */
  readonly id: string;
  readonly label: string;
  /** All nodes below, in inventory order, without repeats: what its checkbox stands for. */
  readonly nodes: readonly string[];
  children(): readonly TreeElement[];
} & (
  | { readonly kind: 'group'; readonly group: InventoryGroup }
  | { readonly kind: 'node'; readonly node: InventoryNode }
  | { readonly kind: 'tag' | 'range' | 'tags' }
);

type Place = { readonly parent: string; readonly above: readonly string[] };

/** Groups that are in no other group, then nodes that are in no group, then the tags. */
export function inventoryTree(index: InventoryIndex): readonly TreeElement[] {
  const root: Place = { parent: '', above: [] };
  return [
    ...topGroups(index).map((group) => groupElement(index, group, root)),
    ...nodeElements(index, ungrouped(index), root.parent),
    ...(index.tags.size > 0 ? [tagsElement(index)] : []),
  ];
}

function groupElement(index: InventoryIndex, group: InventoryGroup, { parent, above }: Place): TreeElement {
  const id = `${parent}/group:${group.name}`;
  const path = [...above, group.name];
  const groups = group.groups.flatMap((name) => {
    const child = index.groups.get(name);
    return child && !path.includes(name) ? [child] : [];
  });
  return {
    kind: 'group',
    id,
    group,
    label: group.name,
    nodes: index.members(group.name),
    children: once(() => [
      ...groups.map((child) => groupElement(index, child, { parent: id, above: path })),
      ...nodeElements(index, [...new Set(group.nodes)], id),
    ]),
  };
}

function tagsElement(index: InventoryIndex): TreeElement {
  return {
    kind: 'tags',
    id: '/tags',
    label: 'Tags',
    nodes: [],
    children: once(() =>
      [...index.tags].map(([tag, nodes]) => {
        const id = `/tags/tag:${tag}`;
        return { kind: 'tag', id, label: tag, nodes, children: once(() => nodeElements(index, nodes, id)) };
      }),
    ),
  };
}

/** Nodes as they are, or above 200 of them as ranges that open. */
function nodeElements(
  index: InventoryIndex,
  names: readonly string[],
  parent: string,
): readonly TreeElement[] {
  const rangesOrNames = foldRanges(names);
  if (rangesOrNames.length === 1) return leaves(index, names, parent);
  return rangesOrNames.map((nodes) => {
    const id = `${parent}/range:${nodes[0] ?? ''}`;
    return {
      kind: 'range',
      id,
      label: foldForDisplay(nodes),
      nodes,
      children: once(() => leaves(index, nodes, id)),
    };
  });
}

function leaves(index: InventoryIndex, names: readonly string[], parent: string): readonly TreeElement[] {
  return names.flatMap((name) => {
    const node = index.nodes.get(name);
    if (!node) return [];
    return [
      {
        kind: 'node' as const,
        id: `${parent}/node:${name}`,
        node,
        label: name,
        nodes: [name],
        children: () => [],
      },
    ];
  });
}

/** Groups nobody contains; where groups contain each other in a circle, the first of the circle. */
function topGroups({ inventory, groups }: InventoryIndex): readonly InventoryGroup[] {
  const contained = new Set(inventory.groups.flatMap((group) => group.groups));
  const top = inventory.groups.filter((group) => !contained.has(group.name));
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const child of groups.get(name)?.groups ?? []) visit(child);
  };
  for (const group of top) visit(group.name);
  for (const group of inventory.groups) {
    if (reached.has(group.name)) continue;
    top.push(group);
    visit(group.name);
  }
  return top;
}

function ungrouped({ inventory }: InventoryIndex): readonly string[] {
  const grouped = new Set(inventory.groups.flatMap((group) => group.nodes));
  return inventory.nodes.filter((node) => !grouped.has(node.name)).map((node) => node.name);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
