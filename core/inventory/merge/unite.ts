import type { Described, InventoryPart, PartGroup, PartNode } from '../part.ts';
import type { SourceState } from '../source.ts';

/** A source together with what it said. */
export type LoadedSource = {
  readonly state: SourceState;
  readonly part: InventoryPart;
  /** Of two sources that say different things about one key, the higher wins; of equals, the later. */
  readonly priority: number;
};

/** What one source says about a node or a group. */
export type Said<T extends Described> = { readonly by: LoadedSource; readonly said: T };

/** A node or group of all sources that speak of it, the weakest first. */
export type United<T extends Described> = { readonly name: string; readonly by: readonly Said<T>[] };

export type Unions = {
  readonly sources: readonly LoadedSource[];
  readonly nodes: ReadonlyMap<string, United<PartNode>>;
  readonly groups: ReadonlyMap<string, United<PartGroup>>;
};

/** Nodes and groups of all sources by name; those of the strongest source come first, in its order. */
export function uniteSources(sources: readonly LoadedSource[]): Unions {
  const ranked = [...sources.entries()].toSorted(([i, a], [j, b]) => b.priority - a.priority || i - j);
  const inOrder = ranked.map(([, source]) => source);
  const stronger = new Map(
    [...sources.entries()]
      .toSorted(([i, a], [j, b]) => a.priority - b.priority || i - j)
      .map(([, source], at) => [source, at]),
  );
  const rank = (source: LoadedSource): number => stronger.get(source) ?? 0;
  return {
    sources: [...sources].toSorted((a, b) => rank(a) - rank(b)),
    nodes: unite(inOrder, rank, (part) => part.nodes),
    groups: unite(inOrder, rank, (part) => part.groups),
  };
}

function unite<T extends Described & { readonly name: string }>(
  sources: readonly LoadedSource[],
  rank: (source: LoadedSource) => number,
  listOf: (part: InventoryPart) => readonly T[],
): ReadonlyMap<string, United<T>> {
  const united = new Map<string, { name: string; by: Said<T>[] }>();
  for (const by of sources) {
    for (const said of listOf(by.part)) {
      const known = united.get(said.name);
      if (known) known.by.push({ by, said });
      else united.set(said.name, { name: said.name, by: [{ by, said }] });
    }
  }
  for (const { by } of united.values()) if (by.length > 1) by.sort((a, b) => rank(a.by) - rank(b.by));
  return united;
}
