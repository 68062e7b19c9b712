import type { Value } from '../../schema/value.ts';
import type { NodeDetail, Provenance } from '../detail.ts';
import type { InventoryNode } from '../model.ts';
import type { Described, Entry } from '../part.ts';
import { parentsOf } from '../parents.ts';
import { layersOf, patternSources, type Layer } from './layers.ts';
import type { Memberships } from './memberships.ts';
import { originOf } from './origin.ts';
import type { Unions } from './unite.ts';

/** Ways into groups that are listed at most: groups in groups can have more of them than atoms are in the sea. */
const mostWays = 100;

/** Everything that is known about a node: each value with its origin and with those that it won against. */
export function explainNode(
  node: InventoryNode,
  { unions, memberships }: { unions: Unions; memberships: Memberships },
): NodeDetail {
  const united = unions.nodes.get(node.name);
  const layers = united
    ? withoutLost(layersOf(united, memberships.of(node.name), patternSources(unions.sources)).toReversed())
    : [];
  const told = (entriesOf: (described: Described) => Iterable<Named>): Provenance[] =>
    provenances(layers, entriesOf);
  return {
    node,
    origins: (united?.by ?? []).toReversed().map(({ by, said }) => originOf(by, said.place)),
    groups: waysTo(node.name, memberships),
    tags: told(({ tags }) => tags.map((entry) => [entry.value, entry])),
    connection: told(({ settings }) => settingPairs(settings)).filter(({ key }) => key in node.connection),
    vars: told(({ vars }) => vars),
    facts: told(({ facts }) => facts),
  };
}

/** Settings of a var count only while no stronger layer has a value of that var. */
function withoutLost(strongestFirst: readonly Layer[]): readonly Layer[] {
  const seen = new Set<string>();
  return strongestFirst.map((layer) => {
    const { settings, vars } = layer.described;
    const kept = Object.entries<Entry<Value> | undefined>(settings).filter(
      ([, entry]) => entry?.variable === undefined || !seen.has(entry.variable),
    );
    for (const key of vars.keys()) seen.add(key);
    return { ...layer, described: { ...layer.described, settings: Object.fromEntries(kept) } };
  });
}

type Named = readonly [string, Entry<Value>];

function settingPairs(settings: Described['settings']): Named[] {
  const pairs = Object.entries<Entry<Value> | undefined>(settings);
  return pairs.flatMap(([key, entry]): Named[] => (entry ? [[key, entry]] : []));
}

/** Keys in the order in which the strongest layers name them. */
function provenances(
  strongestFirst: readonly Layer[],
  entriesOf: (described: Described) => Iterable<Named>,
): Provenance[] {
  const found = new Map<string, Provenance>();
  for (const { by, described, from } of strongestFirst) {
    for (const [key, entry] of entriesOf(described)) {
      const said = { value: entry.value, origin: originOf(by, entry), from };
      const winner = found.get(key);
      if (winner) winner.instead.push(said);
      else {
        const { unresolved } = entry;
        found.set(key, { key, ...said, ...(unresolved !== undefined && { unresolved }), instead: [] });
      }
    }
  }
  return [...found.values()];
}

/** Chains of groups that lead to a node, outermost first. */
function waysTo(node: string, { groups, of }: Memberships): string[][] {
  const parents = parentsOf(groups.values());
  const ways: string[][] = [];
  const direct = of(node).filter((group) => group.nodes.includes(node));
  const pending = direct.toReversed().map(({ name }) => [name]);
  for (let way = pending.pop(); way && ways.length < mostWays; way = pending.pop()) {
    const [outermost = ''] = way;
    const above = (parents.get(outermost) ?? []).filter((name) => !way?.includes(name));
    if (above.length === 0) ways.push(way);
    else for (const name of above) pending.push([name, ...way]);
  }
  return ways;
}
