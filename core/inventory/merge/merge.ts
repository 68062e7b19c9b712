import type { NodeDetail } from '../detail.ts';
import { connectionOf } from '../connection.ts';
import type { Inventory, InventoryGroup } from '../model.ts';
import type { PartNode } from '../part.ts';
import type { Connection } from '../settings.ts';
import { blocksOf } from './blocks.ts';
import type { NodeDraft } from './draft.ts';
import { explainNode } from './explain.ts';
import { foldLayers, nothingFolded, type Folded } from './fold.ts';
import { patternLayers, patternSources, sharedLayersOf, type Layer } from './layers.ts';
import { type MergedGroup, membershipsOf, type Memberships } from './memberships.ts';
import { originOf } from './origin.ts';
import { findTogether, refuseIncomplete } from './problems.ts';
import { weakenedChecks } from './weakened.ts';
import { type LoadedSource, uniteSources, type United, type Unions } from './unite.ts';

export type Merged = {
  readonly inventory: Inventory;
  /** Everything that is known about a node, each value with its origin. */
  detail(node: string): NodeDetail | undefined;
};

/**
 * Several sources as one inventory. Per key: what a node says wins over its groups, an inner group over an outer one,
 * and at the same place the source of higher priority. Where priorities differ the order of the sources is of no account.
 */
export function mergeSources(loaded: readonly LoadedSource[]): Merged {
  const sources = refuseIncomplete(loaded, uniteSources(loaded));
  const unions = uniteSources(sources);
  const memberships = membershipsOf(unions);
  const fold = folderOf(unions, memberships);
  const drafts = [...unions.nodes.values()].map((node) => draftOf(node, fold(node)));
  const together = findTogether(unions, memberships, drafts);
  const blocks = blocksOf({ memberships, drafts, circles: together.circles });
  const nodes = drafts.map(({ node }) => {
    const blocked = blocks(node.name);
    return blocked === undefined ? node : { ...node, blocked };
  });
  const inventory: Inventory = {
    nodes,
    groups: [...memberships.groups.values()].map(groupOf),
    sources: sources.map(({ state }) => state),
    problems: [
      ...sources.flatMap(({ part }) => part.problems),
      ...together.problems,
      ...weakenedChecks(drafts),
    ],
  };
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return {
    inventory,
    detail: (name) => {
      const node = byName.get(name);
      return node && explainNode(node, { unions, memberships });
    },
  };
}

/** Layers that many nodes share are folded once. */
function folderOf(
  unions: Unions,
  memberships: Memberships,
): (node: United<PartNode>) => { folded: Folded; ownJump: boolean } {
  const patterns = patternSources(unions.sources);
  const shared = new Map<string, Folded>();
  const ids = new Map<unknown, number>();
  const idOf = (value: unknown): number => {
    const id = ids.get(value) ?? ids.size;
    ids.set(value, id);
    return id;
  };
  return (node) => {
    const groups = memberships.of(node.name);
    const own = node.by.map(({ by, said }): Layer => ({ by, described: said, from: 'node' }));
    const ownJump = own.some(({ described }) => described.settings.jump !== undefined);
    const key = `${node.by.map(({ by }) => idOf(by)).join(',')}|${groups.map(idOf).join(',')}`;
    const before = patternLayers(node.name, patterns);
    if (before.length > 0) {
      const all = [...before, ...sharedLayersOf(node, groups), ...own];
      return { folded: foldLayers(nothingFolded, all), ownJump };
    }
    const below = shared.get(key) ?? foldLayers(nothingFolded, sharedLayersOf(node, groups));
    shared.set(key, below);
    return { folded: foldLayers(below, own), ownJump };
  };
}

function draftOf(
  united: United<PartNode>,
  { folded, ownJump }: { folded: Folded; ownJump: boolean },
): NodeDraft {
  const { vars, ansibleVars, facts, tags, settings } = folded;
  const connection: Connection = connectionOf(united.name, { entries: settings, ownJump });
  const strongest = united.by.toReversed();
  const [first] = strongest;
  return {
    united,
    settings,
    node: {
      name: united.name,
      tags: [...tags],
      vars,
      ...(Object.keys(ansibleVars).length > 0 && { ansibleVars }),
      facts,
      connection,
      origin: first ? originOf(first.by, first.said.place) : { source: '' },
      sources: strongest.map(({ by }) => by.state.id),
    },
  };
}

function groupOf({ name, nodes, groups, by }: MergedGroup): InventoryGroup {
  const layers = by.map(({ by: source, said }): Layer => ({ by: source, described: said, from: 'node' }));
  const { vars, tags } = foldLayers(nothingFolded, layers);
  const strongest = by.toReversed();
  const [first] = strongest;
  return {
    name,
    nodes: [...nodes],
    groups: [...groups],
    ...(by.some(({ said }) => said.isTop) && { isTop: true }),
    tags: [...tags],
    vars,
    origin: first ? originOf(first.by, first.said.place) : { source: '' },
    sources: strongest.map((each) => each.by.state.id),
  };
}
