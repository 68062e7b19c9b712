import type { InventoryIndex } from '../../core/inventory/model.ts';

/** The ticked nodes, by name. */
export type Ticks = ReadonlySet<string>;

/** What is ticked: nodes one by one, and groups and tags that stand for all their nodes, also those of tomorrow. */
export type Ticked = { readonly nodes: Ticks; readonly groups: Ticks; readonly tags: Ticks };

/** A set of nodes that can be ticked as such. */
export type TickedSet = { readonly kind: 'group' | 'tag'; readonly name: string };

export type TickChange = {
  readonly names: readonly string[];
  readonly ticked: boolean;
  /** Set where the row of a group or tag was ticked as such. */
  readonly as?: TickedSet;
};

/** Members of groups and tags, as the inventory has them now. */
export type Members = Pick<InventoryIndex, 'groups' | 'tags' | 'members'>;

/**
 * Applies changes in order. Who unticks a node of a ticked group or tag keeps the others: it is no longer ticked as such.
 */
export function applyTicks(before: Ticked, changes: readonly TickChange[], index: Members): Ticked {
  return changes.reduce((ticked, change) => {
    if (!change.ticked) return untick(ticked, new Set(change.names), index);
    if (change.as) return withSet(ticked, change.as);
    return { ...ticked, nodes: new Set([...ticked.nodes, ...change.names]) };
  }, before);
}

function withSet(ticked: Ticked, { kind, name }: TickedSet): Ticked {
  return kind === 'group'
    ? { ...ticked, groups: new Set([...ticked.groups, name]) }
    : { ...ticked, tags: new Set([...ticked.tags, name]) };
}

function untick(ticked: Ticked, names: Ticks, index: Members): Ticked {
  const isTouched = (set: TickedSet): boolean => membersOf(set, index).some((name) => names.has(name));
  const sets = setsOf(ticked);
  const others = sets.filter(isTouched).flatMap((set) => membersOf(set, index));
  const kept = (kind: TickedSet['kind']): Ticks =>
    new Set(sets.filter((set) => set.kind === kind && !isTouched(set)).map(({ name }) => name));
  return {
    nodes: new Set([...ticked.nodes, ...others].filter((name) => !names.has(name))),
    groups: kept('group'),
    tags: kept('tag'),
  };
}

/** All nodes that are ticked, by themselves or by a group or tag. */
export function tickedNames(ticked: Ticked, index: Members): Ticks {
  const names = new Set(ticked.nodes);
  for (const set of setsOf(ticked)) for (const name of membersOf(set, index)) names.add(name);
  return names;
}

/** The ticked groups and tags that a node is in: why it is ticked without having been ticked itself. */
export function viaSets(name: string, ticked: Ticked, index: Members): readonly TickedSet[] {
  if (ticked.nodes.has(name)) return [];
  return setsOf(ticked).filter((set) => membersOf(set, index).includes(name));
}

/** Ticked groups and tags that the inventory does not have any more. */
export function goneSets(ticked: Ticked, { groups, tags }: Members): readonly TickedSet[] {
  return setsOf(ticked).filter(({ kind, name }) => !(kind === 'group' ? groups : tags).has(name));
}

/** A row that is given all its ticks, or where it has them loses them. `as`: the group or tag that it stands for. */
export function toggled(names: readonly string[], ticks: Ticks, as?: TickedSet): TickChange {
  return { names, ticked: !names.every((name) => ticks.has(name)), ...(as && { as }) };
}

/** Whether a row has all nodes of its group or tag; with a filter it may have some of them only. */
export function isWhole(set: TickedSet, shown: readonly string[], index: Members): boolean {
  return membersOf(set, index).length === shown.length;
}

function membersOf({ kind, name }: TickedSet, { members, tags }: Members): readonly string[] {
  return kind === 'group' ? members(name) : (tags.get(name) ?? []);
}

function setsOf({ groups, tags }: Ticked): readonly TickedSet[] {
  return [
    ...[...groups].map((name) => ({ kind: 'group', name }) as const),
    ...[...tags].map((name) => ({ kind: 'tag', name }) as const),
  ];
}

/** The ticks after the shown nodes were turned over; those that a filter hides stay as they are. */
export function invertTicks(ticks: Ticks, shown: readonly string[]): Ticks {
  const hidden = new Set(ticks);
  for (const name of shown) hidden.delete(name);
  return new Set([...hidden, ...shown.filter((name) => !ticks.has(name))]);
}

/** Splits ticks into those that exist, in inventory order, and names that are gone. */
export function matchTicks(ticks: Ticks, all: readonly string[]): { present: string[]; gone: string[] } {
  const known = new Set(all);
  return {
    present: all.filter((name) => ticks.has(name)),
    gone: [...ticks].filter((name) => !known.has(name)),
  };
}

/** How many of these are ticked. */
export function countTicked(ticks: Ticks, names: readonly string[]): number {
  let count = 0;
  for (const name of names) if (ticks.has(name)) count++;
  return count;
}

export function sameTicks(a: Ticks, b: Ticks): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}
