import { addTo } from '../util/lists.ts';

type Group = { readonly name: string; readonly groups: readonly string[] };

/** Names of the groups that have a group directly in them, by its name. */
export function parentsOf(groups: Iterable<Group>): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, string[]>();
  for (const { name, groups: children } of groups) for (const child of children) addTo(parents, child, name);
  return parents;
}
