import type { TextRange } from '../../util/problem.ts';
import type { Described } from '../part.ts';
import type { BoltContext } from './config.ts';
import { warnUnknown } from './config.ts';
import { describe } from './describe.ts';
import { groupKeys, topKeys } from './options.ts';
import { nameFinding, refusePlugin } from './refusals.ts';
import type { TargetDraft } from './targets.ts';
import { readTargets } from './targets.ts';
import type { Branch } from './tree.ts';
import { mapOf, shown } from './tree.ts';
import { kindOf } from '../../util/kindOf.ts';

/** A group as it is written. `targets` are in its order; names of targets of other groups are among them. */
export type GroupDraft = {
  readonly name: string;
  readonly described: Described;
  readonly targets: readonly TargetDraft[];
  readonly groups: readonly GroupDraft[];
  readonly range: TextRange;
};

/** The top level of a file: the group `all`. */
export function readTop(map: ReadonlyMap<string, unknown>, context: BoltContext): GroupDraft {
  const { tree } = context;
  const name = map.get('name');
  if (name !== undefined && name !== 'all') {
    const message = `The top level is the group "all": its name "${shown(name)}" has no effect.`;
    tree.refuseKey(['name'], { code: 'bolt/top-name', severity: 'warning', message });
  }
  const version = map.get('version');
  if (version === 1) tree.refuse(['version'], { code: 'bolt/version', ...oldVersion });
  else if (version !== undefined && version !== 2) {
    const message = `There is no version ${shown(version)} of Bolt's inventories.`;
    tree.refuse(['version'], { code: 'bolt/version', message, fix: 'Write "version: 2".' });
  }
  return groupOf({ path: [], map, name: 'all' }, topKeys, context);
}

const rename =
  'Rename "nodes" to "targets", and "name" in its entries to "uri"; `bolt project migrate` does that too.';
const oldVersion = {
  message: 'Inventories of version 1 are not read.',
  fix: `${rename} Then write "version: 2".`,
};

type Entry = {
  readonly path: Branch['path'];
  readonly map: ReadonlyMap<string, unknown>;
  readonly name: string;
};

function groupOf({ path, map, name }: Entry, known: readonly string[], context: BoltContext): GroupDraft {
  const { tree } = context;
  for (const key of map.keys()) {
    if (key === 'nodes') tree.refuseKey([...path, key], nodesOfVersion1(name));
    else if (key === 'target-lookups') tree.refuseKey([...path, key], oldLookups);
    else if (!known.includes(key)) warnUnknown(tree, [...path, key], known);
  }
  return {
    name,
    described: describe({ path, map }, context),
    targets: readTargets({ path: [...path, 'targets'], value: map.get('targets') }, context),
    groups: readGroups({ path: [...path, 'groups'], value: map.get('groups') }, context),
    range: path.length === 0 ? tree.rangeOf([]) : tree.rangeOf([...path, 'name']),
  };
}

function nodesOfVersion1(name: string) {
  const message = `Group "${shown(name)}" has "nodes": this is an inventory of version 1, which is not read.`;
  return { code: 'bolt/version', message, fix: rename };
}

const oldLookups = {
  code: 'bolt/target-lookups',
  message: 'Bolt has no "target-lookups" any more.',
  fix: 'Put its entries under "targets", with "_plugin" for "plugin".',
};

function readGroups(branch: Branch, context: BoltContext): GroupDraft[] {
  const { path, value } = branch;
  if (value === undefined || refusePlugin(branch, context.tree)) return [];
  if (!Array.isArray(value)) {
    const message = `"groups" is ${kindOf(value)}; Bolt wants a list.`;
    context.tree.refuse(path, { code: 'bolt/type', message });
    return [];
  }
  return value.flatMap((each: unknown, at) => readGroup({ path: [...path, at], value: each }, context) ?? []);
}

function readGroup(branch: Branch, context: BoltContext): GroupDraft | undefined {
  const { path, value } = branch;
  const { tree } = context;
  if (refusePlugin(branch, tree)) return undefined;
  const map = mapOf(value);
  const name = map?.get('name');
  if (!map || name === undefined) {
    const message = map ? 'The group has no name.' : `A group is a map, not ${kindOf(value)}.`;
    tree.refuse(path, { code: 'bolt/group', message, fix: 'Write "- name: web" and its "targets".' });
    return undefined;
  }
  const namePath = [...path, 'name'];
  if (refusePlugin({ path: namePath, value: name }, tree)) return undefined;
  if (typeof name === 'string' && /^[^\s,]+$/.test(name))
    return groupOf({ path, map, name }, groupKeys, context);
  tree.refuse(namePath, { code: 'bolt/name', ...nameFinding('group', name) });
  return undefined;
}
