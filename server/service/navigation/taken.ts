import type { Occurrence, SymbolKind } from '../facts/occurrence.ts';
import { canonicalUri, nameOf } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { isShared, type Meaning, usedTogether } from './meaning.ts';

/** What people call each kind of name. */
export const words: Readonly<Record<SymbolKind, string>> = {
  node: 'node',
  group: 'group',
  tag: 'tag',
  var: 'variable',
  register: 'variable',
  param: 'parameter',
  secret: 'secret',
  service: 'service',
  step: 'step',
  handler: 'handler',
  title: 'title',
  file: 'file',
};

/** Why another name can not be given: two things would be one then. */
export function takenBy(meaning: Meaning, newName: string, workspace: Workspace): string | undefined {
  const kinds = rivals(meaning);
  const isNear = nearness(meaning, workspace);
  const all = workspace.symbols.occurrences({ kinds, name: newName }).filter(isNear);
  const declared = all.find(({ role }) => role === 'declaration');
  if (declared) return `There is a ${words[declared.kinds[0] ?? 'node']} “${newName}” already.`;
  const known = knownElsewhere(kinds, newName, workspace);
  if (known !== undefined) return `There is a ${known} “${newName}” already.`;
  // A glob that the new name fits is no name of its own.
  const used = all.find(({ pattern }) => !pattern);
  if (!used) return undefined;
  const place = `${nameOf(used.uri)}, line ${used.range.start.line + 1}`;
  return `“${newName}” is looked up already (${place}), and would be this ${words[meaning.query.kinds[0] ?? 'node']} then.`;
}

/** The kinds that share their names with this: of two variables of one name the one would be the other. */
function rivals({ query: { kinds } }: Meaning): readonly SymbolKind[] {
  const families: readonly (readonly SymbolKind[])[] = [
    ['node', 'group'],
    ['step', 'handler'],
    ['var', 'register', 'param'],
  ];
  return families.find((family) => kinds.some((kind) => family.includes(kind))) ?? kinds;
}

/** Whether a name elsewhere could be taken for this one. */
function nearness(
  { at, query, declarations, references }: Meaning,
  workspace: Workspace,
): (each: Occurrence) => boolean {
  const files = new Set([at, ...declarations, ...references].map(({ uri }) => canonicalUri(uri)));
  const isNear = ({ uri }: Occurrence): boolean => files.has(canonicalUri(uri));
  if (query.kinds.some((kind) => kind === 'step' || kind === 'handler')) return isNear;
  const isParam = query.kinds.includes('param');
  if (!isParam && !query.kinds.some((kind) => kind === 'var' || kind === 'register')) return () => true;
  const together = usedTogether(canonicalUri(at.uri), workspace);
  const isForAll = declarations.some(({ uri }) => isShared(uri, workspace));
  return (each) => {
    if (isNear(each)) return true;
    // Parameters are those of their own file.
    if (each.kinds.includes('param') || isParam)
      return isShared(each.uri, workspace) && !each.kinds.includes('param');
    return isForAll || isShared(each.uri, workspace) || together.has(canonicalUri(each.uri));
  };
}

/** What the engine knows of sources that are no files of ours. */
function knownElsewhere(
  kinds: readonly SymbolKind[],
  name: string,
  { inventory }: Workspace,
): string | undefined {
  if (kinds.includes('node') && inventory.nodes.has(name)) return 'node';
  if (kinds.includes('group') && inventory.groups.has(name)) return 'group';
  if (kinds.includes('tag') && inventory.tags.has(name)) return 'tag';
  const isVariable =
    kinds.includes('var') && inventory.inventory.nodes.some(({ vars }) => Object.hasOwn(vars, name));
  return isVariable ? 'variable' : undefined;
}
