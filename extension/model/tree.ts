import {
  indexInventory,
  type InventoryGroup,
  type InventoryIndex,
  type InventoryNode,
} from '../../core/inventory/model.ts';
import type { SourceState } from '../../core/inventory/source.ts';
import type { TreeMode } from './treeMode.ts';
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
  | { readonly kind: 'source'; readonly source: SourceState }
  | { readonly kind: 'tag' | 'range' | 'tags' }
);

type Place = { readonly parent: string; readonly above: readonly string[] };

export type TreeOptions = {
  readonly mode: TreeMode;
  /** Only these nodes, and the rows that lead to them. */
  readonly only?: ReadonlySet<string> | undefined;
};

const root: Place = { parent: '', above: [] };

/** The tree in one of its orders. A filter leaves out rows without a node; a source that has trouble always stays. */
export function inventoryTree(index: InventoryIndex, { mode, only }: TreeOptions): readonly TreeElement[] {
  const shown = only ? filtered(index, only) : index;
  switch (mode) {
    case 'group':
      return [
        ...topGroups(shown).map((group) => groupElement(shown, group, root)),
        ...nodeElements(shown, ungrouped(shown), root.parent),
        ...(shown.tags.size > 0 ? [tagsElement(shown)] : []),
      ];
    case 'tag':
      return tagElements(shown, root.parent);
    case 'source':
      return shown.inventory.sources.map((source) => sourceElement(shown, source));
    case 'flat':
      return nodeElements(shown, [...shown.nodes.keys()], root.parent);
  }
}

/** Whether nothing is known but the folder that is open: that is no inventory to look at yet. */
export function isBareFolder({ inventory }: InventoryIndex): boolean {
  return inventory.nodes.length <= 1 && inventory.sources.every(({ type }) => type === 'folders');
}

/** The inventory as if it had only these nodes; a group without one is left out. */
function filtered({ inventory }: InventoryIndex, only: ReadonlySet<string>): InventoryIndex {
  const nodes = inventory.nodes.filter(({ name }) => only.has(name));
  const all = indexInventory({ ...inventory, nodes });
  const groups = inventory.groups
    .map((group) => ({ ...group, nodes: group.nodes.filter((name) => only.has(name)) }))
    .filter(({ name }) => all.members(name).some((node) => only.has(node)));
  return indexInventory({ ...inventory, nodes, groups });
}

function sourceElement(index: InventoryIndex, source: SourceState): TreeElement {
  const id = `/source:${source.id}`;
  const nodes = index.inventory.nodes
    .filter(({ sources }) => sources.includes(source.id))
    .map(({ name }) => name);
  return {
    kind: 'source',
    id,
    source,
    label: sourceLabel(source),
    nodes,
    children: once(() => nodeElements(index, nodes, id)),
  };
}

/** The last two parts of a path tell files apart that all are called inventory.yaml; a command is its line. */
export function sourceLabel({ type, ref, id }: SourceState): string {
  if (type === 'command') return ref.run ?? id;
  return ref.path.split(/[\\/]/).slice(-2).join('/');
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
    children: once(() => tagElements(index, '/tags')),
  };
}

function tagElements(index: InventoryIndex, parent: string): readonly TreeElement[] {
  return [...index.tags].map(([tag, nodes]) => {
    const id = `${parent}/tag:${tag}`;
    return { kind: 'tag', id, label: tag, nodes, children: once(() => nodeElements(index, nodes, id)) };
  });
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
