import type { Position } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import { factsIn } from '../factsIn.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import type { SymbolQuery } from '../symbols.ts';
import { occurrenceAt } from '../symbols.ts';
import { canonicalUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/** A name at the cursor, and all its places. */
export type Meaning = {
  readonly at: Occurrence;
  readonly query: SymbolQuery;
  readonly declarations: readonly Occurrence[];
  readonly references: readonly Occurrence[];
};

/** What the name at a place means; undefined where there is none. */
export function meaningAt(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): Meaning | undefined {
  const facts = factsIn(document, workspace);
  const at = occurrenceAt(facts, position);
  return at && meaningOf(at, workspace);
}

/** A bare name in a selection is a node where there is one of that name, else a group. */
export function meaningOf(at: Occurrence, workspace: Workspace): Meaning {
  const { name, scope, pattern } = at;
  const asked = at.kinds.includes('secret') ? undefined : scope;
  const all = workspace.symbols.occurrences({ kinds: at.kinds, name, scope: asked, pattern });
  const declared = at.kinds.filter((kind) =>
    all.some((each) => each.role === 'declaration' && each.kinds.includes(kind)),
  );
  const param = declared.length === 0 ? paramMeant(at, workspace) : undefined;
  if (param) return { ...meaningOf(param, workspace), at };
  const kinds = declared.length > 0 ? declared : at.kinds;
  const isOne = (each: Occurrence): boolean => each.kinds.some((kind) => kinds.includes(kind));
  const isNear = nearness(at, all, workspace);
  const meant = [...all.filter((each) => isOne(each) && isNear(each)), ...asVariable(at, workspace)];
  return {
    at,
    query: { kinds, name, scope, pattern },
    declarations: meant.filter(({ role }) => role === 'declaration').toSorted(sameFileFirst(at)),
    references: meant.filter(({ role }) => role === 'reference'),
  };
}

/** A parameter is a variable too: of this name, where there is no variable that has it. */
function paramMeant(at: Occurrence, { symbols, inventory }: Workspace): Occurrence | undefined {
  if (!at.kinds.includes('var') || at.role === 'declaration') return undefined;
  if (inventory.inventory.nodes.some(({ vars }) => Object.hasOwn(vars, at.name))) return undefined;
  const scope = canonicalUri(at.uri);
  return symbols.declarations({ kinds: ['param'], name: at.name, scope })[0];
}

/** The places in its file that look a parameter up as a variable. */
function asVariable(
  { kinds, name, scope }: Occurrence,
  { symbols, inventory }: Workspace,
): readonly Occurrence[] {
  if (!kinds.includes('param') || scope === undefined) return [];
  const all = symbols.occurrences({ kinds: ['var', 'register'], name });
  const isVariable =
    all.some(({ role }) => role === 'declaration') ||
    inventory.inventory.nodes.some(({ vars }) => Object.hasOwn(vars, name));
  return isVariable ? [] : all.filter(({ uri }) => canonicalUri(uri) === scope);
}

/** Whether a name of the same text elsewhere means the same. */
function nearness(
  at: Occurrence,
  all: readonly Occurrence[],
  workspace: Workspace,
): (each: Occurrence) => boolean {
  if (at.kinds.includes('secret')) return sameSecret(at, all);
  if (!at.kinds.some((kind) => kind === 'var' || kind === 'register')) return () => true;
  const isForAll = all.some(({ role, uri }) => role === 'declaration' && isShared(uri, workspace));
  const isElsewhere = workspace.inventory.inventory.nodes.some(({ vars }) => Object.hasOwn(vars, at.name));
  if (isForAll || isElsewhere) return () => true;
  const together = usedTogether(canonicalUri(at.uri), workspace);
  return (each) => together.has(canonicalUri(each.uri));
}

/** A variable that no inventory or configuration has belongs to the playbooks and tasks that are used together. */
export function isShared(uri: string, workspace: Workspace): boolean {
  const language = workspace.facts(canonicalUri(uri))?.languageId;
  return language === 'muster-inventory' || language === 'muster-config';
}

/** A secret of the configuration is that of every playbook that has none of its own by this name. */
function sameSecret(at: Occurrence, all: readonly Occurrence[]): (each: Occurrence) => boolean {
  const own = new Set(
    all.filter(({ role, scope }) => role === 'declaration' && scope !== undefined).map(({ uri }) => uri),
  );
  return own.has(at.uri) ? ({ uri }) => uri === at.uri : ({ uri }) => !own.has(uri);
}

/** A file with those that it uses and those that use it, all the way. */
export function usedTogether(uri: string, workspace: Workspace): ReadonlySet<string> {
  const found = new Set([uri]);
  for (const each of found) {
    for (const { kinds, name } of workspace.facts(each)?.occurrences ?? [])
      if (kinds.includes('file') && workspace.facts(name)) found.add(name);
    for (const { uri: user } of workspace.symbols.references({ kinds: ['file'], name: each }))
      found.add(canonicalUri(user));
  }
  return found;
}

function sameFileFirst({ uri }: Occurrence): (a: Occurrence, b: Occurrence) => number {
  return (a, b) => Number(b.uri === uri) - Number(a.uri === uri);
}
