import type { Location, Position } from 'vscode-languageserver-types';
import type { Origin } from '../../../core/inventory/model.ts';
import { matchesPattern } from '../../../core/selection/nodeset/pattern.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { canonicalUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { locationOf, originLocation, top } from './locations.ts';
import type { Meaning } from './meaning.ts';
import { meaningAt } from './meaning.ts';

/** Places in one answer. */
const most = 1000;

/** Where the name at a place is declared: those of the same file first, then those of all others. */
export function definition(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): readonly Location[] | undefined {
  const meaning = meaningAt(document, position, workspace);
  return meaning && definedAt(meaning, workspace);
}

/** What a thing belongs to: the groups of a node, the groups around a group. */
export function typeDefinition(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): readonly Location[] | undefined {
  const meaning = meaningAt(document, position, workspace);
  if (!meaning) return undefined;
  const { name, kinds, pattern } = meaning.query;
  const isIt = (each: string): boolean => (pattern ? matchesPattern(pattern, each) : each === name);
  const above = workspace.inventory.inventory.groups.filter(
    ({ nodes, groups }) =>
      (kinds.includes('node') && nodes.some(isIt)) || (kinds.includes('group') && groups.some(isIt)),
  );
  if (above.length === 0) return definedAt(meaning, workspace);
  return above.flatMap((group) => declaredAs('group', group, workspace)).slice(0, most);
}

/** What stands behind a name: the nodes of a group or tag, the steps of a file. */
export function implementation(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): readonly Location[] | undefined {
  const meaning = meaningAt(document, position, workspace);
  if (!meaning) return undefined;
  const { name, kinds } = meaning.query;
  const { groups, tags, nodes: known, members } = workspace.inventory;
  const isGroup = kinds.includes('group') && groups.has(name);
  const nodes = isGroup ? members(name) : kinds.includes('tag') ? (tags.get(name) ?? []) : [];
  if (nodes.length > 0) {
    const found = nodes
      .slice(0, most)
      .flatMap((node) => declaredAs('node', known.get(node) ?? { name: node }, workspace));
    return distinct(found);
  }
  return kinds.includes('file') ? stepsOf(name, workspace) : definedAt(meaning, workspace);
}

function definedAt({ at, query, declarations }: Meaning, workspace: Workspace): readonly Location[] {
  if (query.kinds.includes('file')) return workspace.exists(query.name) === false ? [] : [top(query.name)];
  if (declarations.length > 0) return declarations.slice(0, most).map(locationOf);
  const { nodes, groups } = workspace.inventory;
  const origins = at.kinds.flatMap((kind): Origin[] => {
    const known = kind === 'node' ? nodes.get(at.name) : kind === 'group' ? groups.get(at.name) : undefined;
    return known ? [known.origin] : [];
  });
  return origins.flatMap(originLocation);
}

/** Where a node or group is declared: in a file of ours, else where the engine found it. */
function declaredAs(
  kind: 'node' | 'group',
  { name, origin }: { readonly name: string; readonly origin?: Origin },
  workspace: Workspace,
): readonly Location[] {
  const declared: readonly Occurrence[] = workspace.symbols.declarations({ kinds: [kind], name });
  if (declared.length > 0) return declared.map(locationOf);
  return origin ? originLocation(origin) : [];
}

function stepsOf(uri: string, workspace: Workspace): readonly Location[] {
  const file = workspace.document(uri);
  if (!file) return workspace.exists(uri) === false ? [] : [top(uri)];
  const list = file.parsed.writtenAt(['steps']) === undefined ? 'implementations' : 'steps';
  return [{ uri: file.document.uri, range: rangeOf(file.document, file.parsed.rangeOf([list], 'key')) }];
}

function distinct(locations: readonly Location[]): readonly Location[] {
  const byPlace = new Map(
    locations.map((each) => [
      `${canonicalUri(each.uri)} ${each.range.start.line} ${each.range.start.character}`,
      each,
    ]),
  );
  return [...byPlace.values()];
}
