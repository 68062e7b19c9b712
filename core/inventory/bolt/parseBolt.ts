import * as z from 'zod';
import { byPlace } from '../../util/problem.ts';
import { parseDocument } from '../../yaml/parseDocument.ts';
import { readSourceText } from '../sourceText.ts';
import type { SourceText } from '../sourceText.ts';
import { resolvePath } from '../paths.ts';
import type { InventoryPart, ParseInput, PartGroup } from '../part.ts';
import { emptyPart, mostNodes, undescribed } from '../part.ts';
import type { BoltContext } from './config.ts';
import { readTop } from './groups.ts';
import { checkNames } from './names.ts';
import { nodeOf } from './node.ts';
import { rankOf } from './precedence.ts';
import { refusePlugin } from './refusals.ts';
import type { Resolved, Target, TreeGroup } from './resolve.ts';
import { resolveTargets } from './resolve.ts';
import { mapOf, treeOf } from './tree.ts';
import { kindOf } from '../../util/kindOf.ts';

/**
 * Reads a Bolt inventory of version 2 (documentation/inventory_files.md of puppetlabs/bolt). What Bolt refuses is an
 * error, what it warns of a warning. Plugins are never executed: what one would list is an error, other values of
 * plugins stay as they are and unresolved. An alias is a group of its one node, so that it can be selected as in Bolt.
 */
export function parseBolt(input: ParseInput): InventoryPart {
  const source = readSourceText(input, 'bolt');
  const document = parseDocument(source.text, z.unknown());
  for (const problem of document.problems) source.problems.push({ ...problem, file: source.file });
  const tree = treeOf(source, document);
  const value = document.value ?? null;
  const map = value === null ? new Map<string, unknown>() : mapOf(value);
  if (!map) {
    const fix = 'Write "targets:" or "groups:" with a list.';
    tree.refuse([], {
      code: 'bolt/type',
      message: `The inventory is ${kindOf(value)}; Bolt wants a map.`,
      fix,
    });
    return { ...emptyPart, problems: source.problems };
  }
  const context: BoltContext = { tree, resolvePath: (path) => resolvePath(path, input) };
  const part = partOf(map, { source, context });
  return { ...part, problems: source.problems.toSorted(byPlace) };
}

function partOf(
  map: ReadonlyMap<string, unknown>,
  { source, context }: { source: SourceText; context: BoltContext },
): InventoryPart {
  const plugin = map.has('_plugin');
  if (plugin) refusePlugin({ path: [], value: Object.fromEntries(map) }, context.tree);
  const top = readTop(plugin ? new Map() : map, context);
  const resolved = resolveTargets(top);
  checkNames(resolved, source);
  if (resolved.targets.length > mostNodes) {
    const message = `The inventory has more than ${mostNodes.toLocaleString('en')} targets.`;
    context.tree.refuse([], { code: 'bolt/too-many', message, fix: 'Split it.' });
    return emptyPart;
  }
  const folder = { cwd: { value: context.resolvePath('.') } };
  return {
    ...emptyPart,
    nodes: resolved.targets.map((target) => nodeOf(target, top.described)),
    groups: [...groupsOf(resolved), ...resolved.targets.flatMap(aliasGroups)],
    defaults: { ...top.described, settings: { ...folder, ...top.described.settings } },
  };
}

/** The group `all` is every node of the source: what it says are the defaults. */
function groupsOf({ groups }: Resolved): PartGroup[] {
  const seen = new Set(['all']);
  return groups.slice(1).flatMap((group) => {
    if (seen.has(group.draft.name)) return [];
    seen.add(group.draft.name);
    return [groupOf(group)];
  });
}

function groupOf(group: TreeGroup): PartGroup {
  const { draft, members } = group;
  return {
    ...draft.described,
    name: draft.name,
    nodes: [...members],
    groups: draft.groups.map(({ name }) => name).filter((name) => name !== draft.name),
    place: { range: draft.range },
    rank: rankOf(group),
  };
}

function aliasGroups({ name, aliases }: Target): PartGroup[] {
  return aliases.map((alias) => ({
    ...undescribed,
    name: alias.name,
    nodes: [name],
    groups: [],
    place: { range: alias.range },
  }));
}
