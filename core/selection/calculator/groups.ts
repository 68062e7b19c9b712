import { remoteNodes, type InventoryGroup, type InventoryIndex } from '../../inventory/model.ts';
import { addTo } from '../../util/lists.ts';

/**
 * What `@group`, `@source:group`, `@*` and globs mean to the calculator. A source is what stands before the colon of a
 * group's name; without one, groups are those of the default source. Node names come expanded.
 */
export type GroupResolver = {
  /** Undefined where the source has no such group. */
  nodes(group: string, source: string | undefined): readonly string[] | undefined;
  /** Names of the groups of a source, without the source's; undefined for an unknown source. */
  groups(source: string | undefined): readonly string[] | undefined;
  /** Everything that a source has: its group `all`, or else every node. Undefined for an unknown source. */
  all(source: string | undefined): readonly string[] | undefined;
  /** Names of the sources beside the default one. */
  readonly sources: readonly string[];
  /** The one of them that is the default one under its own name. */
  readonly defaultName: string | undefined;
};

/** Groups of an inventory: `racks:old` is the group `old` of the source `racks`. */
export function inventoryGroups(index: InventoryIndex): GroupResolver {
  const bySource = new Map<string | undefined, string[]>([[undefined, []]]);
  for (const name of index.groups.keys()) {
    const colon = name.indexOf(':');
    const source = colon > 0 ? name.slice(0, colon) : undefined;
    const group = colon > 0 ? name.slice(colon + 1) : name;
    addTo(bySource, source, group);
  }
  const fullName = (group: string, source: string | undefined): string =>
    source === undefined ? group : `${source}:${group}`;
  const nodes = (group: string, source: string | undefined): readonly string[] | undefined => {
    const name = fullName(group, source);
    return index.groups.has(name) ? index.members(name) : undefined;
  };
  const all = (source: string | undefined): readonly string[] | undefined => {
    const groups = bySource.get(source);
    if (!groups) return undefined;
    const own = nodes('all', source);
    if (own) return own;
    if (source === undefined) return remoteNodes(index.inventory);
    return [...new Set(groups.flatMap((group) => nodes(group, source) ?? []))];
  };
  const sources = [...bySource.keys()].filter((source) => source !== undefined);
  const isDefault = (source: string): boolean =>
    bySource.get(source)?.every((group) => isAlias(index.groups.get(fullName(group, source)), group)) ===
    true;
  return {
    nodes,
    all,
    groups: (source) => bySource.get(source),
    sources,
    defaultName: sources.find(isDefault),
  };
}

/** The same groups, with another source as the default one. */
export function withDefault(groups: GroupResolver, standard: string): GroupResolver {
  return {
    nodes: (group, source) => groups.nodes(group, source ?? standard),
    groups: (source) => groups.groups(source ?? standard),
    all: (source) => groups.all(source ?? standard),
    sources: groups.sources,
    defaultName: standard,
  };
}

/** Whether a group is nothing but another one, as ClusterShell's `local:adm` is `adm`. */
function isAlias(group: InventoryGroup | undefined, of: string): boolean {
  return group?.nodes.length === 0 && group.groups.length === 1 && group.groups[0] === of;
}
