import type { InventoryIndex } from '../inventory/model.ts';
import type { NameKind } from './selection.ts';

/** What names of one kind there are and which nodes each stands for. */
export type Catalogue = {
  /** The names that globs and regular expressions are matched with. */
  readonly names: () => Iterable<string>;
  /** Undefined for an unknown name. */
  readonly nodesOf: (name: string) => readonly string[] | undefined;
};

export function catalogueOf(kind: Exclude<NameKind, 'file'>, index: InventoryIndex): Catalogue {
  const nodes: Catalogue = {
    names: () => index.nodes.keys(),
    nodesOf: (name) => (index.nodes.has(name) ? [name] : undefined),
  };
  const groups: Catalogue = {
    names: () => index.groups.keys(),
    nodesOf: (name) => (index.groups.has(name) ? index.members(name) : undefined),
  };
  switch (kind) {
    case 'node':
      return nodes;
    case 'group':
      return groups;
    case 'tag':
      return { names: () => index.tags.keys(), nodesOf: (name) => index.tags.get(name) };
    case 'source':
      return sourceCatalogue(index);
    case 'any':
      return { names: nodes.names, nodesOf: (name) => nodes.nodesOf(name) ?? groups.nodesOf(name) };
  }
}

/** A source goes by its whole name, by the end of its path, or by its kind: `hosts.ini`, `ansible`. */
function sourceCatalogue({ inventory }: InventoryIndex): Catalogue {
  const types = new Map(inventory.sources.map(({ id, type }) => [id, type]));
  return {
    names: () => new Set(inventory.nodes.flatMap(({ sources }) => sources)),
    nodesOf: (name) => {
      const isMeant = (source: string): boolean =>
        source === name ||
        types.get(source) === name ||
        source.endsWith(`/${name}`) ||
        source.endsWith(`\\${name}`);
      const found = inventory.nodes.filter(({ sources }) => sources.some(isMeant));
      const isKnown = found.length > 0 || inventory.sources.some(({ id }) => isMeant(id));
      return isKnown ? found.map((node) => node.name) : undefined;
    },
  };
}
