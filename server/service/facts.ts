import type { Shape } from '../../core/schema/shape.ts';
import { shapesBelow, shapesOf } from '../../core/schema/shape.ts';
import { entriesOf } from '../../core/yaml/data.ts';
import type { Path } from '../../core/yaml/places.ts';
import { innerSteps } from '../../core/schema/step.ts';
import { templateTextsOf } from '../../core/playbook/read/texts.ts';
import type { MusterDocument } from './document.ts';
import { rangeOf } from './document.ts';
import { declaredByKey, declaredByValue, type Place } from './facts/declared.ts';
import { lookUpsIn } from './facts/lookUps.ts';
import type { Facts, Occurrence, SymbolKind } from './facts/occurrence.ts';
import { referencesIn, type Source } from './facts/references.ts';
import { isMended } from './repaired.ts';
import { byPlace } from './symbols.ts';
import { canonicalUri } from './uris.ts';

/** Every name that a document declares or refers to, with its exact range; also in one that is broken, as far as it can be read. */
export function factsOf(document: MusterDocument): Facts {
  const { uri, languageId } = document.document;
  const source: Source = { document, file: canonicalUri(uri) };
  const shapes = shapesOf(document.schema);
  const found = entriesOf(document.parsed.writtenAt([])).flatMap(([top, value]) => {
    const outer = { value, shapes: shapesBelow(shapes, String(top)), path: [top], step: undefined };
    return typeof value === 'object' && value !== null
      ? [...namesOfKey(source, outer, top), ...namesOfEntries(source, outer)]
      : [...namesOfKey(source, outer, top), ...namesIn(source, outer), ...lookUpsAt(source, [top])];
  });
  return { uri, languageId, occurrences: found.toSorted(byPlace) };
}

type Visited = { readonly value: unknown; readonly shapes: readonly Shape[] } & Place;

/** The entries of what stands at the top of a document: steps, nodes, variables. */
function namesOfEntries(source: Source, outer: Visited): readonly Occurrence[] {
  return childrenOf(outer).flatMap(([key, entry]) => {
    const isObject = typeof entry.value === 'object' && entry.value !== null;
    const inner = isObject ? entryNames(source, entry, entry.value) : allNames(source, entry);
    return isNaming(outer.shapes) ? [...namesOfKey(source, entry, key), ...inner] : inner;
  });
}

function allNames(source: Source, entry: Visited): readonly Occurrence[] {
  return [...namesIn(source, entry), ...lookUpsAt(source, entry.path)];
}

type Known = {
  readonly uri: string;
  readonly path: Path;
  readonly line: number;
  readonly found: readonly Occurrence[];
};

/** What was found in an entry, for as long as it is written the same; it may have moved since. */
const known = new WeakMap<object, Known>();

function entryNames(source: Source, entry: Visited, value: object): readonly Occurrence[] {
  const { document, parsed, damage } = source.document;
  const { uri } = document;
  const { path } = entry;
  const range = parsed.rangeOf(path, 'value');
  // Where a text was mended, its places are not those of what was read.
  if (isMended(range, damage)) return allNames(source, entry);
  const { line } = range;
  const before = known.get(value);
  if (before?.uri !== uri) {
    const found = allNames(source, entry);
    known.set(value, { uri, path, line, found });
    return found;
  }
  if (before.line === line && samePath(before.path, path)) return before.found;
  const found = before.found.map((each) => moved(each, path, line - before.line));
  known.set(value, { uri, path, line, found });
  return found;
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at]);
}

function moved({ range: { start, end }, ...each }: Occurrence, path: Path, lines: number): Occurrence {
  const range = {
    start: { ...start, line: start.line + lines },
    end: { ...end, line: end.line + lines },
  };
  return { ...each, range, path: [...path, ...each.path.slice(path.length)] };
}

/** Walks data and schema together: the schema says what the names in a text are names of. */
function namesIn(source: Source, { value, shapes, path, step }: Visited): readonly Occurrence[] {
  if (typeof value !== 'string')
    return isNaming(shapes)
      ? childrenOf({ value, shapes, path, step }).flatMap(([key, child]) => [
          ...namesOfKey(source, child, key),
          ...namesIn(source, child),
        ])
      : [];
  const referring = shapes.flatMap((shape) =>
    shape.kind === 'text' && shape.refers ? referencesIn(source, { path, shape, value }) : [],
  );
  return [...declaredByValue(source, { path, step }, value), ...referring];
}

function namesOfKey(source: Source, { path, step }: Visited, key: string | number): readonly Occurrence[] {
  return typeof key === 'string' ? declaredByKey(source, { path, step }, key) : [];
}

function childrenOf({
  value,
  shapes,
  path,
  step,
}: Visited): readonly (readonly [string | number, Visited])[] {
  const inner = isStep(shapes) && !Array.isArray(value) ? path : step;
  return entriesOf(value).map(([key, child]) => {
    const below = shapesBelow(shapes, typeof key === 'number' ? undefined : key);
    return [key, { value: child, shapes: below, path: [...path, key], step: inner }];
  });
}

function isNaming(shapes: readonly Shape[]): boolean {
  return shapes.some((shape) => shape.kind !== 'data' && shape.kind !== 'words');
}

/** Kinds of which a name means the same in every file. */
const everywhere: ReadonlySet<SymbolKind | undefined> = new Set<SymbolKind>(['var', 'group', 'tag']);

/** What expressions and templates of an entry look up. */
function lookUpsAt({ document, file }: Source, entry: Path): readonly Occurrence[] {
  const { uri, languageId } = document.document;
  if (languageId === 'muster-inventory' || languageId === 'muster-policy') return [];
  const { schema, parsed } = document;
  const source = { text: document.document.getText(), schema, document: parsed };
  return templateTextsOf(source, entry).flatMap((text) =>
    text.expressions.flatMap(lookUpsIn).map(({ kinds, name, ...place }): Occurrence => ({
      kinds,
      name,
      role: 'reference',
      uri,
      range: rangeOf(document.document, text.rangeOf(place)),
      path: text.path,
      ...(!everywhere.has(kinds[0]) && { scope: file }),
      within: 'expression',
    })),
  );
}

function isStep(shapes: readonly Shape[]): boolean {
  return shapes.some((shape) => shape.kind === 'object' && 'needs' in shape.keys && 'id' in shape.keys);
}

/** Path of the step around a place; undefined outside of steps. */
export function stepAround(path: Path): Path | undefined {
  for (let length = path.length; length >= 2; length -= 1) {
    const list = path[length - 2];
    if (typeof path[length - 1] === 'number' && typeof list === 'string' && stepLists.has(list))
      return path.slice(0, length);
  }
  return undefined;
}

const stepLists = new Set<string>(['steps', 'handlers', 'finally', ...innerSteps]);
