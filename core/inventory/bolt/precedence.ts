import { isMap, type Value } from '../../schema/value.ts';
import type { Described, Entry, SettingEntries, ValueEntries } from '../part.ts';
import type { Target, TreeGroup } from './resolve.ts';

/**
 * What a target says itself, its definitions in one, and what has to be said at it so that the merge comes to Bolt's
 * result. The merge knows groups by their depth and whole values by key; in Bolt an earlier branch wins over a deeper
 * group of a later one, and facts that are maps are merged key by key.
 */
export function ownValues(target: Target, top: Described): Described {
  const own = target.definitions.reduce<Described>(
    (below, { settings, vars, facts }) => ({
      settings: { ...below.settings, ...settings },
      vars: new Map([...below.vars, ...vars]),
      facts: new Map([...below.facts, ...facts]),
      tags: [],
    }),
    { settings: {}, vars: new Map(), facts: new Map(), tags: [] },
  );
  const bolt = target.groups.map(({ draft }) => draft.described);
  const merge = target.groups.toSorted(inMerge).map(({ draft }) => draft.described);
  const isSame = bolt.every((described, at) => described === merge[at]);
  const settings = isSame ? {} : settingsThatDiffer(bolt, merge);
  const vars = isSame ? [] : valuesThatDiffer(bolt.map(varsOf), merge.map(varsOf));
  const facts = isSame ? [] : valuesThatDiffer(bolt.map(factsOf), merge.map(factsOf));
  return {
    settings: { ...settings, ...own.settings },
    vars: new Map([...vars, ...own.vars]),
    facts: new Map([
      ...facts,
      ...own.facts,
      ...deepFacts([top, ...bolt, ...target.definitions].map(factsOf)),
    ]),
    tags: [],
  };
}

/** Text by which the merge puts groups of equal depth in order: the first of the file is the strongest. */
export function rankOf({ order }: Pick<TreeGroup, 'order'>): string {
  return String(9_999_999 - order).padStart(7, '0');
}

function inMerge(a: TreeGroup, b: TreeGroup): number {
  return a.depth - b.depth || b.order - a.order;
}

const varsOf = ({ vars }: Described): ValueEntries => vars;
const factsOf = ({ facts }: Described): ValueEntries => facts;

function settingsThatDiffer(bolt: readonly Described[], merge: readonly Described[]): SettingEntries {
  const inOrder = (layers: readonly Described[]): SettingEntries =>
    layers.reduce<SettingEntries>((below, { settings }) => ({ ...below, ...settings }), {});
  const wanted = Object.entries<unknown>(inOrder(bolt));
  const given = new Map(Object.entries<unknown>(inOrder(merge)));
  return Object.fromEntries(wanted.filter(([key, entry]) => given.get(key) !== entry));
}

function valuesThatDiffer(
  bolt: readonly ValueEntries[],
  merge: readonly ValueEntries[],
): [string, Entry<Value>][] {
  const given = new Map(merge.flatMap((entries) => [...entries]));
  return [...new Map(bolt.flatMap((entries) => [...entries]))].filter(
    ([key, entry]) => given.get(key) !== entry,
  );
}

/** Facts that several places say as maps, merged; the weakest place first. */
function deepFacts(layers: readonly ValueEntries[]): [string, Entry<Value>][] {
  const said = layers.filter((entries) => entries.size > 0);
  if (said.length < 2) return [];
  const merged = new Map<string, Entry<Value>>();
  const isDeep = new Set<string>();
  for (const [key, entry] of said.flatMap((entries) => [...entries])) {
    const below = merged.get(key);
    if (below && isMap(below.value) && isMap(entry.value)) {
      isDeep.add(key);
      const unresolved = entry.unresolved ?? below.unresolved;
      const value = deepMerge(below.value, entry.value);
      merged.set(key, { ...entry, value, ...(unresolved !== undefined && { unresolved }) });
    } else merged.set(key, entry);
  }
  return [...merged].filter(([key]) => isDeep.has(key));
}

type Values = { readonly [key: string]: Value };

function deepMerge(below: Values, above: Values): Values {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const other = merged.get(key);
    merged.set(key, isMap(value) && isMap(other) ? deepMerge(other, value) : value);
  }
  return Object.fromEntries(merged);
}
