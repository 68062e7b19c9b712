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

/** A source goes by its whole name, or by the end of its path: `hosts.ini` for `ansible/hosts.ini`. */
function sourceCatalogue(index: InventoryIndex): Catalogue {
  return {
    names: () => new Set(index.inventory.nodes.map((node) => node.origin.source)),
    nodesOf: (name) => {
      const found = index.inventory.nodes.filter(
        ({ origin }) =>
          origin.source === name || origin.source.endsWith(`/${name}`) || origin.source.endsWith(`\\${name}`),
      );
      return found.length === 0 ? undefined : found.map((node) => node.name);
    },
  };
}
