import * as z from 'zod';
import { Problem, TextRange } from '../util/problem.ts';

/** Connection settings of a node, defaults already applied, paths already absolute. */
export const Connection = z.object({
  /** Name of a transport: `ssh` or `local`. */
  transport: z.string(),
  /** Name or address to connect to; the node's own name where the file says nothing. */
  host: z.string(),
  port: z.number().int(),
  user: z.string().optional(),
  /** Nodes or hosts to go through, first hop first. */
  jump: z.array(z.string()),
  identityFile: z.string().optional(),
  /** Ways to log in, in the order to try them. */
  auth: z.array(z.enum(['agent', 'key', 'password'])),
  knownHosts: z.string().optional(),
  /** Milliseconds. */
  connectTimeoutMs: z.number().optional(),
  /** Working folder of a local node. */
  cwd: z.string().optional(),
});
export type Connection = z.infer<typeof Connection>;

/** Where something was written down. */
export const Origin = z.object({ source: z.string(), range: TextRange.optional() });
export type Origin = z.infer<typeof Origin>;

const vars = z.record(z.string(), z.json());

/** One machine (or local folder) that can be acted on. */
export const InventoryNode = z.object({
  name: z.string(),
  tags: z.array(z.string()),
  /** Own vars merged over those of its groups. */
  vars,
  connection: Connection,
  origin: Origin,
});
export type InventoryNode = z.infer<typeof InventoryNode>;

/** A named set of nodes and groups. `nodes` and `groups` are direct members, in file order. */
export const InventoryGroup = z.object({
  name: z.string(),
  nodes: z.array(z.string()),
  groups: z.array(z.string()),
  vars,
  origin: Origin,
});
export type InventoryGroup = z.infer<typeof InventoryGroup>;

/** All nodes and groups, as plain JSON, in inventory order. With problems of severity error nothing in it may run. */
export const Inventory = z.object({
  nodes: z.array(InventoryNode),
  groups: z.array(InventoryGroup),
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
  for (const node of inventory.nodes) {
    for (const tag of node.tags) {
      const tagged = tags.get(tag);
      if (tagged) tagged.push(node.name);
      else tags.set(tag, [node.name]);
    }
  }
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

export const emptyInventory: Inventory = { nodes: [], groups: [], problems: [] };
