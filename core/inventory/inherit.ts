import type { Value } from '../schema/value.ts';
import type { GroupDraft } from './groups.ts';

/** What the groups of a node give it. */
export type Inherited = { readonly vars: ReadonlyMap<string, Value>; readonly tags: ReadonlySet<string> };

/**
 * Vars and tags that nodes get from their groups. Groups are applied by depth (longest way from a group that is in
 * none), then in file order: a group inside another wins over it, and of equals the later one wins.
 */
export function inherit(groups: ReadonlyMap<string, GroupDraft>): ReadonlyMap<string, Inherited> {
  const inherited = new Map<string, { vars: Map<string, Value>; tags: Set<string> }>();
  for (const group of byDepth(groups)) {
    const vars = group.settings.vars ?? new Map<string, Value>();
    const tags = group.settings.tags ?? [];
    if (vars.size === 0 && tags.length === 0) continue;
    for (const name of membersOf(group, groups)) {
      const own = inherited.get(name) ?? { vars: new Map<string, Value>(), tags: new Set<string>() };
      inherited.set(name, own);
      for (const [key, value] of vars) own.vars.set(key, value);
      for (const tag of tags) own.tags.add(tag);
    }
  }
  return inherited;
}

function byDepth(groups: ReadonlyMap<string, GroupDraft>): readonly GroupDraft[] {
  const depths = new Map<string, number>([...groups.keys()].map((name) => [name, 0]));
  const parents = new Map<string, number>();
  for (const group of groups.values()) {
    for (const child of group.groups) parents.set(child, (parents.get(child) ?? 0) + 1);
  }
  const ready = [...groups.values()].filter((group) => !parents.has(group.name));
  for (let group = ready.pop(); group; group = ready.pop()) {
    for (const name of group.groups) {
      depths.set(name, Math.max(depths.get(name) ?? 0, (depths.get(group.name) ?? 0) + 1));
      const left = (parents.get(name) ?? 0) - 1;
      parents.set(name, left);
      const child = groups.get(name);
      if (left === 0 && child) ready.push(child);
    }
  }
  return [...groups.values()].toSorted((a, b) => (depths.get(a.name) ?? 0) - (depths.get(b.name) ?? 0));
}

function membersOf(group: GroupDraft, groups: ReadonlyMap<string, GroupDraft>): ReadonlySet<string> {
  const members = new Set<string>();
  const seen = new Set<string>();
  const pending = [group];
  for (let each = pending.pop(); each; each = pending.pop()) {
    if (seen.has(each.name)) continue;
    seen.add(each.name);
    for (const name of each.nodes) members.add(name);
    for (const name of each.groups) {
      const child = groups.get(name);
      if (child) pending.push(child);
    }
  }
  return members;
}
