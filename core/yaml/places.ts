import type { TextRange } from '../util/problem.ts';
import type { Place, Places } from './build.ts';
import { at } from './data.ts';
import type { Lines } from './lines.ts';
import type { Span } from './scalar.ts';

/** Path of keys and list positions from the top of a document. */
export type Path = readonly (string | number)[];

/** Half of an entry: `key: value`. */
export type Part = 'key' | 'value';

/** What was built from a text, and where its entries were written. */
export type Located = { readonly data: unknown; readonly places: Places; readonly root: Span };

/** Where the key or value at a path was written; the nearest entry above where that one was not written. */
export function spanAt(located: Located, path: readonly PropertyKey[], part: Part): Span {
  for (let length = path.length; length > 0; length -= 1) {
    const place = placeAt(located, path.slice(0, length));
    if (!place) continue;
    const isExact = length === path.length;
    return part === 'value' && isExact ? place.value : (place.key ?? place.value);
  }
  return located.root;
}

/** Path of the innermost entry around an offset, and the part of it that the offset is in. */
export function pathAt(located: Located, offset: number): { path: Path; part: Part } | undefined {
  const path: (string | number)[] = [];
  let container = located.data;
  for (;;) {
    const entries = [...(located.places.get(container) ?? [])];
    const onKey = entries.find(([, place]) => place.key && contains(place.key, offset));
    if (onKey) return { path: [...path, onKey[0]], part: 'key' };
    const inValue = entries.find(([, place]) => contains(place.value, offset));
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

function placeAt(located: Located, path: readonly PropertyKey[]): Place | undefined {
  const key = path.at(-1);
  if (typeof key !== 'string' && typeof key !== 'number') return undefined;
  return located.places.get(at(located.data, path.slice(0, -1)))?.get(key);
}

function contains([start, end]: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
