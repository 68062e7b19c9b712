import { addTo } from '../../core/util/lists.ts';
import type { Pattern } from '../../core/selection/nodeset/pattern.ts';
import {
  countPattern,
  expandPattern,
  hasGlob,
  matchesPattern,
} from '../../core/selection/nodeset/pattern.ts';
import type { Facts, Occurrence, SymbolKind } from './facts/occurrence.ts';

/**
 * Which names are asked for. Of a kind whose names belong to one file, `scope` is that file's canonical URI; without it
 * the names of all files count.
 */
export type SymbolQuery = {
  readonly kinds: readonly SymbolKind[];
  readonly name: string;
  readonly scope?: string | undefined;
  /** Set where the name is a range or a glob: then all names count that it stands for. */
  readonly pattern?: Pattern | undefined;
};

/** Every name in every file. */
export type SymbolTable = {
  /** Names of a kind that are declared somewhere, in order; ranges as they were written. */
  names(kind: SymbolKind): readonly string[];
  /** All places of a name, file by file; also ranges and globs that have it among their names. */
  occurrences(query: SymbolQuery): readonly Occurrence[];
  declarations(query: SymbolQuery): readonly Occurrence[];
  references(query: SymbolQuery): readonly Occurrence[];
};

/** The names of one file, found by their text. */
export type NameIndex = {
  readonly facts: Facts;
  readonly byName: ReadonlyMap<string, readonly Occurrence[]>;
  /** Ranges and globs, which stand for several names. */
  readonly patterns: readonly Occurrence[];
};

/** What is found by names is put together when it is first asked for. */
export function nameIndex(facts: Facts): NameIndex {
  let byName: Map<string, Occurrence[]> | undefined;
  const found = (): Map<string, Occurrence[]> => {
    const names = new Map<string, Occurrence[]>();
    for (const each of facts.occurrences) if (!each.pattern) addTo(names, each.name, each);
    return names;
  };
  let patterns: readonly Occurrence[] | undefined;
  return {
    facts,
    get byName() {
      return (byName ??= found());
    },
    get patterns() {
      return (patterns ??= facts.occurrences.filter(({ pattern }) => pattern));
    },
  };
}

/** The files are made into one table only as far as somebody asks. */
export function symbolTable(files: readonly NameIndex[]): SymbolTable {
  const occurrences = ({ kinds, name, scope, pattern }: SymbolQuery): readonly Occurrence[] => {
    const fits = (each: Occurrence): boolean =>
      each.kinds.some((kind) => kinds.includes(kind)) &&
      (each.scope === undefined || scope === undefined || each.scope === scope);
    if (pattern)
      return files.flatMap(({ facts }) =>
        facts.occurrences.filter((each) => fits(each) && overlaps(pattern, each)),
      );
    return files.flatMap(({ byName, patterns }) => {
      const exact = byName.get(name) ?? [];
      const wide = patterns.filter((each) => each.name === name || standsFor(each, name));
      return (wide.length === 0 ? exact : [...exact, ...wide].toSorted(byPlace)).filter(fits);
    });
  };
  return {
    names: (kind) => [...declaredNames(files, kind)].toSorted(),
    occurrences,
    declarations: (query) => occurrences(query).filter(({ role }) => role === 'declaration'),
    references: (query) => occurrences(query).filter(({ role }) => role === 'reference'),
  };
}

function standsFor({ pattern }: Occurrence, name: string): boolean {
  return pattern !== undefined && matchesPattern(pattern, name);
}

/** Whether two ranges or globs have a name in common, as far as one of them is small enough to be written out. */
function overlaps(pattern: Pattern, { name, pattern: other }: Occurrence): boolean {
  if (!other) return matchesPattern(pattern, name);
  const few = [pattern, other].find((each) => !hasGlob(each) && countPattern(each) <= mostExpanded);
  if (!few) return false;
  const many = few === pattern ? other : pattern;
  return expandPattern(few).some((each) => matchesPattern(many, each));
}

const mostExpanded = 1000;

/** Order of names in one file. */
export function byPlace(a: Occurrence, b: Occurrence): number {
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}

/** The name around a place; where two touch, the one that begins there. A title is nothing that anybody refers to. */
export function occurrenceAt(
  { occurrences }: Facts,
  { line, character }: { readonly line: number; readonly character: number },
): Occurrence | undefined {
  return occurrences.findLast(
    ({ kinds, range: { start, end } }) =>
      !kinds.includes('title') &&
      (start.line < line || (start.line === line && start.character <= character)) &&
      (end.line > line || (end.line === line && end.character >= character)),
  );
}

function declaredNames(files: readonly NameIndex[], kind: SymbolKind): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { facts } of files)
    for (const { kinds, name, role } of facts.occurrences)
      if (role === 'declaration' && kinds.includes(kind)) names.add(name);
  return names;
}
