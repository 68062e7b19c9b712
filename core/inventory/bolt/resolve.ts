import type { TextRange } from '../../util/problem.ts';
import type { Described } from '../part.ts';
import type { GroupDraft } from './groups.ts';
import type { Alias } from './targets.ts';
import type { TargetUri } from './uri.ts';

/** A group with its place in the tree. */
export type TreeGroup = {
  readonly draft: GroupDraft;
  /** Direct members by name. */
  readonly members: Set<string>;
  readonly parent?: TreeGroup;
  /** Groups above it, `all` not counted. */
  readonly depth: number;
  /** Its place in the file. */
  readonly order: number;
  /**
   * Which group wins: the higher. A group over the one around it, and of groups side by side, with all that is in
   * them, the one that stands first (documentation/inventory_files.md, Precedence).
   */
  readonly strength: number;
};

/** A target with everything that its definitions say, the weakest first. */
export type Target = {
  readonly name: string;
  readonly range: TextRange;
  readonly definitions: readonly Described[];
  readonly uri?: TargetUri;
  readonly aliases: readonly Alias[];
  /** The groups around it without `all`, the weakest first. */
  readonly groups: readonly TreeGroup[];
};

export type Resolved = {
  /** In file order, `all` first. */
  readonly groups: readonly TreeGroup[];
  readonly targets: readonly Target[];
};

/** Finds out which target each entry means: one by name or alias that is defined anywhere, or a new one. */
export function resolveTargets(top: GroupDraft): Resolved {
  const groups = treeGroups(top);
  const known = definedTargets(groups);
  const found = new Map<string, Found>();
  for (const group of groups) {
    for (const target of group.draft.targets) {
      const isKnown = known.names.has(target.name);
      const name =
        target.isReference && !isKnown ? (known.aliases.get(target.name) ?? target.name) : target.name;
      if (group.members.has(name)) continue;
      group.members.add(name);
      const entry = found.get(name) ?? {
        name,
        range: target.range,
        definitions: [],
        aliases: [],
        groups: [],
      };
      found.set(name, entry);
      entry.groups.push(group);
      if (target.isReference && name !== target.name) continue;
      if (target.isReference && isKnown) continue;
      if (entry.definitions.length === 0) entry.range = target.range;
      entry.definitions.push({ described: target.described, uri: target.uri, strength: group.strength });
      for (const alias of target.aliases) entry.aliases.push(alias);
    }
  }
  return { groups, targets: [...found.values()].map(targetOf) };
}

type Definition = {
  readonly described: Described;
  readonly uri: TargetUri | undefined;
  readonly strength: number;
};

type Found = {
  readonly name: string;
  range: TextRange;
  readonly definitions: Definition[];
  readonly aliases: Alias[];
  readonly groups: TreeGroup[];
};

/** Of several uris the weakest definition's counts: Bolt merges them the other way round than all else. */
function targetOf({ name, range, definitions, aliases, groups }: Found): Target {
  const weakestFirst = definitions.toSorted((a, b) => a.strength - b.strength);
  const uri = weakestFirst.find((each) => each.uri !== undefined)?.uri;
  const around = new Set<TreeGroup>();
  for (const group of groups) {
    for (let each: TreeGroup | undefined = group; each?.parent; each = each.parent) around.add(each);
  }
  return {
    name,
    range,
    definitions: weakestFirst.map(({ described }) => described),
    ...(uri && { uri }),
    aliases,
    groups: [...around].toSorted((a, b) => a.strength - b.strength),
  };
}

function treeGroups(top: GroupDraft): TreeGroup[] {
  const strengths = new Map<GroupDraft, number>();
  const weigh = (draft: GroupDraft): void => {
    strengths.set(draft, strengths.size);
    for (const child of draft.groups.toReversed()) weigh(child);
  };
  weigh(top);
  const groups: TreeGroup[] = [];
  const visit = (draft: GroupDraft, parent: TreeGroup | undefined): void => {
    const group: TreeGroup = {
      draft,
      members: new Set(),
      ...(parent && { parent }),
      depth: parent?.parent ? parent.depth + 1 : 0,
      order: groups.length,
      strength: strengths.get(draft) ?? 0,
    };
    groups.push(group);
    for (const child of draft.groups) visit(child, group);
  };
  visit(top, undefined);
  return groups;
}

function definedTargets(groups: readonly TreeGroup[]): {
  names: ReadonlySet<string>;
  aliases: ReadonlyMap<string, string>;
} {
  const names = new Set<string>();
  const aliases = new Map<string, string>();
  for (const target of groups.flatMap(({ draft }) => draft.targets)) {
    if (!target.isReference) names.add(target.name);
    for (const alias of target.aliases) aliases.set(alias.name, target.name);
  }
  return { names, aliases };
}
