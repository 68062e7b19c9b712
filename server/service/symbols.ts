import { addTo } from '../../core/util/lists.ts';
import { matchesPattern } from '../../core/selection/nodeset/pattern.ts';
import type { Facts, Occurrence, SymbolKind } from './facts.ts';

/** Which names are asked for. Of a kind whose names belong to one file, `scope` is that file's canonical URI. */
export type SymbolQuery = {
  readonly kinds: readonly SymbolKind[];
  readonly name: string;
  readonly scope?: string | undefined;
};

/** Every name in every file. */
export type SymbolTable = {
  /** Names of a kind that are declared somewhere, in order; ranges as they were written. */
  names(kind: SymbolKind): readonly string[];
  /** All places of a name, file by file; also ranges and globs that have it among their names. */
  occurrences(query: SymbolQuery): readonly Occurrence[];
  declarations(query: SymbolQuery): readonly Occurrence[];
  references(query: SymbolQuery): readonly Occurrence[];
  /** The innermost name around a place of a file, the URI canonical or the client's. */
  at(uri: string, position: { readonly line: number; readonly character: number }): Occurrence | undefined;
};

export function symbolTable(files: readonly Facts[]): SymbolTable {
  const byName = new Map<string, Occurrence[]>();
  const patterns: Occurrence[] = [];
  for (const { occurrences } of files)
    for (const each of occurrences) {
      if (each.pattern) patterns.push(each);
      else addTo(byName, each.name, each);
    }
  const occurrences = ({ kinds, name, scope }: SymbolQuery): readonly Occurrence[] => {
    const fits = (each: Occurrence): boolean =>
      each.kinds.some((kind) => kinds.includes(kind)) && (each.scope === undefined || each.scope === scope);
    const ranges = patterns.filter(({ pattern }) => pattern && matchesPattern(pattern, name));
    const same = patterns.filter((each) => each.name === name && !ranges.includes(each));
    return [...(byName.get(name) ?? []), ...ranges, ...same].filter(fits);
  };
  return {
    names: (kind) => [...declaredNames(files, kind)].toSorted(),
    occurrences,
    declarations: (query) => occurrences(query).filter(({ role }) => role === 'declaration'),
    references: (query) => occurrences(query).filter(({ role }) => role === 'reference'),
    at: (uri, position) => {
      const file = files.find((each) => each.uri === uri);
      return file && occurrenceAt(file, position);
    },
  };
}

/** The name around a place; where two touch, the one that begins there. */
export function occurrenceAt(
  { occurrences }: Facts,
  { line, character }: { readonly line: number; readonly character: number },
): Occurrence | undefined {
  return occurrences.findLast(
    ({ range: { start, end } }) =>
      (start.line < line || (start.line === line && start.character <= character)) &&
      (end.line > line || (end.line === line && end.character >= character)),
  );
}

function declaredNames(files: readonly Facts[], kind: SymbolKind): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { occurrences } of files)
    for (const { kinds, name, role } of occurrences)
      if (role === 'declaration' && kinds.includes(kind)) names.add(name);
  return names;
}
