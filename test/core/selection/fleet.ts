import { indexInventory } from '../../../core/inventory/model.ts';
import type { InventoryGroup, InventoryIndex, InventoryNode } from '../../../core/inventory/model.ts';

type NodeOptions = { tags?: string[]; transport?: string; source?: string };

/** A node as an inventory file would give it. */
export function node(
  name: string,
  { tags = [], transport = 'ssh', source = 'inventory.yaml' }: NodeOptions = {},
): InventoryNode {
  return {
    name,
    tags,
    vars: {},
    facts: {},
    connection: { transport, host: name, port: 22, jump: [], identityFiles: [], auth: [] },
    origin: { source },
    sources: [source],
  };
}

export function group(name: string, nodes: string[], groups: string[] = []): InventoryGroup {
  const origin = { source: 'inventory.yaml' };
  return { name, nodes, groups, tags: [], vars: {}, origin, sources: [origin.source] };
}

export function fleet(nodes: InventoryNode[], groups: InventoryGroup[] = []): InventoryIndex {
  return indexInventory({ nodes, groups, sources: [], problems: [] });
}
