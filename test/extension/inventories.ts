import { indexInventory, type InventoryIndex } from '../../core/inventory/model.ts';

export type Sketch = {
  /** Node name → tags. */
  readonly nodes: Readonly<Record<string, readonly string[]>>;
  /** Group name → names of nodes, and of groups with an `@` before them. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
};

/** An inventory with no more than the names, as a test states it. */
export function sketch({ nodes, groups = {} }: Sketch): InventoryIndex {
  const origin = { source: 'inventory.yaml' };
  return indexInventory({
    nodes: Object.entries(nodes).map(([name, tags]) => ({
      name,
      tags: [...tags],
      vars: {},
      facts: {},
      connection: { transport: 'ssh', host: name, port: 22, jump: [], identityFiles: [], auth: ['agent'] },
      origin,
      sources: [origin.source],
    })),
    groups: Object.entries(groups).map(([name, members]) => ({
      name,
      nodes: members.filter((member) => !member.startsWith('@')),
      groups: members.filter((member) => member.startsWith('@')).map((member) => member.slice(1)),
      tags: [],
      vars: {},
      origin,
      sources: [origin.source],
    })),
    sources: [],
    problems: [],
  });
}

/** `web001`, `web002` … */
export function numbered(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}${String(at + 1).padStart(3, '0')}`);
}

export function untagged(names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.map((name) => [name, []]));
}
