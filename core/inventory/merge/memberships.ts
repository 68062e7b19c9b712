import { addTo } from '../../util/lists.ts';
import type { PartGroup } from '../part.ts';
import type { United, Unions } from './unite.ts';

/** A group with its members of all sources. */
export type MergedGroup = {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly by: United<PartGroup>['by'];
};

export type Memberships = {
  readonly groups: ReadonlyMap<string, MergedGroup>;
  /** The groups that a node is in, directly or by others, in the order in which they give it values: the last wins. */
  of(node: string): readonly MergedGroup[];
};

const none: readonly MergedGroup[] = [];

/**
 * Groups by depth (the longest way from a group that is in none), then by priority, rank and order in the files: a group
 * inside another wins over it, as in Ansible.
 */
export function membershipsOf({ nodes, groups: united }: Unions): Memberships {
  const groups = new Map<string, MergedGroup>();
  for (const { name, by } of united.values()) {
    const members = { nodes: new Set<string>(), groups: new Set<string>() };
    for (const { said } of by.toReversed()) {
      for (const node of said.nodes) if (nodes.has(node)) members.nodes.add(node);
      for (const group of said.groups) if (united.has(group)) members.groups.add(group);
    }
    groups.set(name, { name, nodes: [...members.nodes], groups: [...members.groups], by });
  }
  const of = new Map<string, MergedGroup[]>();
  for (const group of inOrder(groups)) {
    for (const node of membersOf(group, groups)) addTo(of, node, group);
  }
  return { groups, of: (node) => of.get(node) ?? none };
}

function inOrder(groups: ReadonlyMap<string, MergedGroup>): readonly MergedGroup[] {
  const depths = depthsOf(groups);
  const keys = new Map(
    [...groups.values()].map((group) => [
      group,
      {
        depth: depths.get(group.name) ?? 0,
        priority: strongest(group, (said) => said.priority) ?? 1,
        rank: strongest(group, (said) => said.rank) ?? '',
      },
    ]),
  );
  const start = { depth: 0, priority: 1, rank: '' };
  return [...groups.values()].toSorted((left, right) => {
    const [a, b] = [keys.get(left) ?? start, keys.get(right) ?? start];
    return a.depth - b.depth || a.priority - b.priority || compareText(a.rank, b.rank);
  });
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function strongest<T>(group: MergedGroup, valueOf: (said: PartGroup) => T | undefined): T | undefined {
  return group.by.map(({ said }) => valueOf(said)).findLast((value) => value !== undefined);
}

function depthsOf(groups: ReadonlyMap<string, MergedGroup>): ReadonlyMap<string, number> {
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
  return depths;
}

function membersOf(group: MergedGroup, groups: ReadonlyMap<string, MergedGroup>): ReadonlySet<string> {
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
