import * as z from 'zod';
import type { Value } from '../schema/value.ts';
import { Problem, TextRange } from '../util/problem.ts';
import { addTo } from '../util/lists.ts';
import { Connection } from './settings.ts';
import { SourceState } from './source.ts';

/** Where something was written down. */
export const Origin = z.object({ source: z.string(), range: TextRange.optional() });
export type Origin = z.infer<typeof Origin>;

/** Names and values as they are: Zod's records drop `__proto__`, and checking a million values takes a second. */
const values = z.custom<Record<string, Value>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** One machine (or local folder) that can be acted on. */
export const InventoryNode = z.object({
  name: z.string(),
  tags: z.array(z.string()),
  /** Own vars merged over those of its groups; left out of an outline. */
  vars: values,
  /** Of these vars, as Ansible's JSON marks them: those that are no templates although they look so, and encrypted ones. */
  ansibleVars: values.optional(),
  /** What sources know about it, by dotted path or as a tree. */
  facts: values,
  connection: Connection,
  /** Where the strongest of its sources has it. */
  origin: Origin,
  /** Ids of all sources that describe it, the strongest first. */
  sources: z.array(z.string()),
  /** Why nothing runs on it: its source has errors, a setting is a template, it is reached through itself. */
  blocked: z.string().optional(),
});
export type InventoryNode = z.infer<typeof InventoryNode>;

/** A named set of nodes and groups. `nodes` and `groups` are direct members, in file order. */
export const InventoryGroup = z.object({
  name: z.string(),
  nodes: z.array(z.string()),
  groups: z.array(z.string()),
  /** Stands at the top although other groups have it too. */
  isTop: z.boolean().optional(),
  tags: z.array(z.string()),
  vars: values,
  origin: Origin,
  sources: z.array(z.string()),
});
export type InventoryGroup = z.infer<typeof InventoryGroup>;

/** All nodes and groups of all sources, as plain JSON, in inventory order. What errors concern is `blocked`. */
export const Inventory = z.object({
  nodes: z.array(InventoryNode),
  groups: z.array(InventoryGroup),
  sources: z.array(SourceState),
  /** Of all sources, and of what they say together. */
  problems: z.array(Problem),
});
export type Inventory = z.infer<typeof Inventory>;

/** Look-ups over an inventory; made once and passed on. Maps, because `__proto__` is a fine node name. */
export type InventoryIndex = {
  readonly inventory: Inventory;
  readonly nodes: ReadonlyMap<string, InventoryNode>;
  readonly groups: ReadonlyMap<string, InventoryGroup>;
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Names of all nodes in a group and the groups below it, in inventory order, without repeats. */
  members(group: string): readonly string[];
};

export function indexInventory(inventory: Inventory): InventoryIndex {
  const nodes = new Map(inventory.nodes.map((node) => [node.name, node]));
  const groups = new Map(inventory.groups.map((group) => [group.name, group]));
  const rank = new Map(inventory.nodes.map((node, at) => [node.name, at]));
  const tags = new Map<string, string[]>();
  for (const node of inventory.nodes) for (const tag of node.tags) addTo(tags, tag, node.name);
  const known = new Map<string, readonly string[]>();
  const members = (name: string): readonly string[] => {
    const cached = known.get(name);
    if (cached) return cached;
    const found = new Set<string>();
    const seen = new Set<string>();
    const visit = (groupName: string): void => {
      const group = groups.get(groupName);
      if (!group || seen.has(groupName)) return;
      seen.add(groupName);
      for (const node of group.nodes) found.add(node);
      for (const child of group.groups) visit(child);
    };
    visit(name);
    const sorted = [...found].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
    known.set(name, sorted);
    return sorted;
  };
  return { inventory, nodes, groups, tags, members };
}

/** All groups of every node that is in one, also those that have it by an inner group. */
export function groupsByNode({ inventory, members }: InventoryIndex): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { name } of inventory.groups) for (const node of members(name)) addTo(groups, node, name);
  return groups;
}

/** Names of the nodes that `all` stands for: local ones have to be named. */
export function remoteNodes({ nodes }: Inventory): string[] {
  return nodes.filter(({ connection }) => connection.transport !== 'local').map(({ name }) => name);
}

export const emptyInventory: Inventory = { nodes: [], groups: [], sources: [], problems: [] };
