import { indexInventory } from '../../../core/inventory/model.ts';
import type { InventoryGroup, InventoryIndex, InventoryNode } from '../../../core/inventory/model.ts';
import type { SourceState } from '../../../core/inventory/source.ts';

type NodeOptions = {
  tags?: string[];
  transport?: string;
  source?: string;
  facts?: InventoryNode['facts'];
  vars?: InventoryNode['vars'];
  user?: string;
};

/** A node as an inventory file would give it. */
export function node(
  name: string,
  { tags = [], transport = 'ssh', source = 'inventory.yaml', facts = {}, vars = {}, user }: NodeOptions = {},
): InventoryNode {
  return {
    name,
    tags,
    vars,
    facts,
    connection: {
      transport,
      host: name,
      port: 22,
      jump: [],
      identityFiles: [],
      auth: [],
      ...(user !== undefined && { user }),
    },
    origin: { source },
    sources: [source],
  };
}

export function group(name: string, nodes: string[], groups: string[] = []): InventoryGroup {
  const origin = { source: 'inventory.yaml' };
  return { name, nodes, groups, tags: [], vars: {}, origin, sources: [origin.source] };
}

export function fleet(
  nodes: InventoryNode[],
  groups: InventoryGroup[] = [],
  sources: SourceState[] = [],
): InventoryIndex {
  return indexInventory({ nodes, groups, sources, problems: [] });
}

/** A source and how it is doing. */
export function source(id: string, status: SourceState['status'], message?: string): SourceState {
  return {
    id,
    type: 'ansible',
    ref: { path: `/site/${id}` },
    status,
    ...(message !== undefined && { message }),
    nodes: 0,
    groups: 0,
    files: [],
    readAt: 0,
    approvals: [],
  };
}

/** Sets a, b and c, and a node for each way of being in some of them. */
export const letters = fleet(
  ['ab', 'ac', 'bc', 'abc', 'onlya', 'onlyb', 'onlyc'].map((name) => node(name)),
  [
    group('a', ['ab', 'ac', 'abc', 'onlya']),
    group('b', ['ab', 'bc', 'abc', 'onlyb']),
    group('c', ['ac', 'bc', 'abc', 'onlyc']),
  ],
);
