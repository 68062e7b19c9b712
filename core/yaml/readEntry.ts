import { isMap, isScalar, isSeq } from 'yaml';
import type { Document } from 'yaml';
import type { Shape } from '../schema/shape.ts';
import type { Problem, TextPlace } from '../util/problem.ts';
import { build } from './build.ts';
import { compose, composePart } from './compose.ts';
import { type Lines, linesOf } from './lines.ts';
import type { Place, Places } from './places.ts';
import type { Tree } from './readData.ts';
import type { Span } from './scalar.ts';

/** One entry of a block map or list, read by itself. */
export type Entry = {
  /** Undefined for an item of a list. */
  readonly key: string | undefined;
  readonly value: unknown;
  readonly place: Place;
  /** From the first character to the last that counts. */
  readonly span: Span;
  /** Of what is inside of the value. */
  readonly places: Places;
  /** Nothing stands behind the key. */
  readonly isBare: boolean;
  /** Values that aliases added. */
  readonly aliased: number;
};

/** Reads a text with one entry, along the shapes of what it stands in; undefined where anything is wrong with it. */
export function readEntry(text: string, shapes: readonly Shape[]): Entry | undefined {
  const written = detached(text);
  const lines = linesOf(written);
  const { contents, problems } = compose(written, lines);
  if (problems.length > 0) return undefined;
  const read = entryIn(contents, shapes, { text: written, lines });
  return read && read.walk.length === 0 ? read.entry : undefined;
}

/** A text of its own: a piece of a larger one would keep all of that in memory for as long as it is kept itself. */
function detached(text: string): string {
  return String(JSON.parse(JSON.stringify(text)));
}

/**
 * Reads a part of a text with one entry and mistakes, which are those of the whole text; places are those of the text.
 * Undefined where they may be about more than the part: a quote that is not closed, an alias of something above.
 */
export function readWrongEntry(
  { start, end, text, lines }: TextPlace & { readonly text: string; readonly lines: Lines },
  shapes: readonly Shape[],
): ({ problems: Pick<Tree['problems'], 'yaml' | 'walk'> } & Entry) | undefined {
  const indent = /^ */.exec(text.slice(start, end))?.[0] ?? '';
  const isItem = text.startsWith('-', start + indent.length);
  const behind = end === text.length ? '' : `${indent}${isItem ? '- x' : 'x: x'}\n`;
  const { contents, problems } = composePart(text, lines, { start, end, behind });
  if (!isMap(contents) && !isSeq(contents)) return undefined;
  // Whoever comes behind it has to be read as if nothing was wrong.
  const last = behind === '' ? undefined : contents.items.pop();
  if (behind !== '' && startOf(last) !== end + indent.length + (isItem ? 2 : 0)) return undefined;
  if (problems.some(({ range }) => (range?.end ?? end) > end || (range?.start ?? end) >= end))
    return undefined;
  const read = entryIn(contents, shapes, { text, lines });
  if (!read || read.walk.some(({ code }) => code.includes('alias'))) return undefined;
  return { ...read.entry, problems: { yaml: problems, walk: read.walk } };
}

function startOf(item: unknown): number | undefined {
  const key = typeof item === 'object' && item !== null && 'key' in item ? item.key : item;
  return isScalar(key) && key.source === 'x' ? key.range?.[0] : undefined;
}

function entryIn(
  contents: Document.Parsed['contents'],
  shapes: readonly Shape[],
  source: { readonly text: string; readonly lines: Lines },
): { entry: Entry; walk: readonly Problem[] } | undefined {
  const isBlock = (isMap(contents) || isSeq(contents)) && contents.flow !== true;
  if (!isBlock || contents.items.length !== 1) return undefined;
  const { data, places: all, problems: walk, aliased } = build(contents, shapes, source);
  const [[key, place] = []] = all.get(data) ?? [];
  if (key === undefined || !place) return undefined;
  const [only] = isMap(contents) ? contents.items : [];
  const places = new Map(all);
  places.delete(data);
  const entry = {
    key: isMap(contents) ? String(key) : undefined,
    value: data instanceof Map ? data.get(key) : Reflect.get(Object(data), key),
    place,
    span: [contents.range[0], contents.range[1]] as Span,
    places,
    isBare: isScalar(only?.value) && only.value.source === '',
    aliased,
  };
  return { entry, walk };
}
