import type { Inventory, InventoryGroup, InventoryNode } from '../model.ts';
import type { SourceState } from '../source.ts';

/**
 * What `muster inventory --format json` prints; part of the machine-readable interface. Nodes and groups are as in
 * the model, in inventory order: vars of groups are merged into those of nodes, connections have all defaults applied.
 */
export type InventoryJson = {
  readonly version: 1;
  readonly nodes: readonly InventoryNode[];
  readonly groups: readonly InventoryGroup[];
  /** Where they come from: what each source is, how it is doing, how many nodes it has. */
  readonly sources: readonly Pick<
    SourceState,
    'id' | 'type' | 'status' | 'message' | 'nodes' | 'groups' | 'files'
  >[];
  readonly problems: Inventory['problems'];
};

export function writeJson({ nodes, groups, sources, problems }: Inventory): string {
  const json: InventoryJson = {
    version: 1,
    nodes,
    groups,
    sources: sources.map((source) => ({
      id: source.id,
      type: source.type,
      status: source.status,
      ...(source.message !== undefined && { message: source.message }),
      nodes: source.nodes,
      groups: source.groups,
      files: source.files,
    })),
    problems,
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
