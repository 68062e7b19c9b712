import type { TextRange } from '../util/problem.ts';
import { at } from './data.ts';
import type { Lines } from './lines.ts';
import type { Span } from './scalar.ts';

/** Path of keys and list positions from the top of a document. */
export type Path = readonly (string | number)[];

/** Half of an entry: `key: value`. */
export type Part = 'key' | 'value';

/** Where an entry of a map or list was written. List items have no key. */
export type Place = { readonly key?: Span; readonly value: Span };

/** Where the entries of a map or list were written. */
export type Entries = ReadonlyMap<string | number, Place>;

/** Places of the entries of every map and list, by the container that was built. */
export type Places = ReadonlyMap<unknown, Entries>;

/** What was read by itself, by its container: its places count from where it starts. */
export type Pieces = ReadonlyMap<unknown, { readonly start: number; readonly places: Places }>;

/** What was built from a text, and where its entries were written. */
export type Located = {
  readonly data: unknown;
  readonly places: Places;
  readonly pieces: Pieces;
  readonly root: Span;
};

/**
 * Where the key or value at a path was written; the nearest entry above where that one was not written. One value may stand
 * for a list of it: `needs: drain`.
 */
export function spanAt(located: Located, path: readonly PropertyKey[], part: Part): Span {
  let span = located.root;
  let { data: container, places } = located;
  let shift = 0;
  let place: Place | undefined;
  for (const [depth, key] of path.entries()) {
    const isValue = part === 'value' && depth === path.length - 1;
    if (typeof container !== 'object' || container === null)
      return place && isValue && key === 0 ? shifted(place.value, shift) : span;
    ({ start: shift, places } = located.pieces.get(container) ?? { start: shift, places });
    place = placeIn(places.get(container), key);
    if (place) span = shifted(isValue ? place.value : (place.key ?? place.value), shift);
    container = at(container, [key]);
  }
  return span;
}

/** Path of the innermost entry around an offset, and the part of it that the offset is in. */
export function pathAt(located: Located, offset: number): { path: Path; part: Part } | undefined {
  const path: (string | number)[] = [];
  let { data: container, places } = located;
  let shift = 0;
  for (;;) {
    ({ start: shift, places } = located.pieces.get(container) ?? { start: shift, places });
    const entries = [...(places.get(container) ?? [])];
    const onKey = entries.find(([, place]) => place.key && contains(place.key, offset - shift));
    if (onKey) return { path: [...path, onKey[0]], part: 'key' };
    const inValue = entries.find(([, place]) => contains(place.value, offset - shift));
    if (!inValue) return path.length > 0 ? { path, part: 'value' } : undefined;
    path.push(inValue[0]);
    container = at(container, [inValue[0]]);
  }
}

/** Span of a path as a place with line and column. */
export function rangeAt(
  source: Located & { lines: Lines },
  path: readonly PropertyKey[],
  part: Part,
): TextRange {
  return source.lines.range(...spanAt(source, path, part));
}

function placeIn(entries: Entries | undefined, key: PropertyKey): Place | undefined {
  return typeof key === 'symbol' ? undefined : entries?.get(key);
}

function shifted(span: Span, by: number): Span {
  return by === 0 ? span : [span[0] + by, span[1] + by];
}

function contains([start, end]: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
