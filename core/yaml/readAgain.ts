import type { Shape } from '../schema/shape.ts';
import { shapesBelow } from '../schema/shape.ts';
import { addTo } from '../util/lists.ts';
import type { TextPlace } from '../util/problem.ts';
import { aliasBudget, collected } from './build.ts';
import type { Lines } from './lines.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Entries, Path, Place, Places } from './places.ts';
import { type ReadData, readData, type Tree } from './readData.ts';
import { type Entry, readEntry, readWrongEntry } from './readEntry.ts';
import type { Span } from './scalar.ts';

/** UTF-16 units: what is in larger texts is not kept, for it takes twenty times as much memory as the text. */
const usual = 2 * 1024 * 1024;

/**
 * A `readData` for one text after another of the same document. Texts are cut where an entry begins at the margin, or a
 * step or node below it; what was the same in the text before is not read again, and is the same object. Where a mistake
 * may be about more than its piece, and of a text that can not be cut, the whole is read.
 */
export function readAgain(largestKept = usual): ReadAgain {
  let before: Known = new Map();
  let schema: readonly Shape[] | undefined;
  let last: { readonly text: string; readonly tree: Tree } | undefined;
  const begin = (shapes: readonly Shape[]): void => {
    if (schema !== shapes) before = new Map();
    schema = shapes;
  };
  const read: ReadData = (text, lines, shapes) => {
    if (schema === shapes && last?.text === text) return last.tree;
    begin(shapes);
    const now: Known = new Map();
    const pieces = text.length > largestKept ? undefined : piecesOf(text);
    const tree = pieces && assemble(pieces, shapes, { text, lines, before, now });
    // With a mistake in the text now, the next one is much like the one before.
    before = tree ? now : both(before, now);
    last = { text, tree: tree ?? readData(text, lines, shapes) };
    return last.tree;
  };
  function* ahead(text: string, shapes: readonly Shape[]): Iterable<NewEntry> {
    begin(shapes);
    const now: Known = new Map();
    try {
      yield* newEntries(text, {
        shapes,
        before,
        now,
        pieces: text.length > largestKept ? [] : piecesOf(text),
      });
    } finally {
      before = both(now, before);
    }
  }
  return Object.assign(read, { ahead });
}

/** A reader that remembers the text before. */
export type ReadAgain = ReadData & {
  /** Reads what a text has that the one before had not, an entry at each step: to read it then takes little time. */
  ahead(text: string, shapes: readonly Shape[]): Iterable<NewEntry>;
};

/** An entry that was read for the first time; of its path only whether it is one of a list counts. */
export type NewEntry = { readonly path: Path; readonly value: unknown };

function* newEntries(
  text: string,
  {
    shapes,
    before,
    now,
    pieces = [],
  }: Pick<Draft, 'before' | 'now'> & {
    readonly shapes: readonly Shape[];
    readonly pieces: readonly Piece[] | undefined;
  },
): Iterable<NewEntry> {
  const entryIn = ({ start, end }: TextPlace, above: Pick<Above, 'key' | 'shapes'>) => {
    const written = text.slice(start, end);
    const known = before.get(above.key)?.get(written)?.shift();
    const entry = known ?? readEntry(written, above.shapes);
    if (entry) remember(now, { above: above.key, written }, entry);
    return { entry, isNew: !known && entry !== undefined };
  };
  for (const piece of pieces) {
    const { entry: outer, isNew } = entryIn(piece, { key: '', shapes });
    if (outer?.key === undefined) continue;
    if (isNew) yield { path: [outer.key], value: outer.value };
    const above = { key: outer.key, shapes: shapesBelow(shapes, outer.key) };
    for (const place of piece.inner ?? []) {
      const inner = entryIn(place, above);
      if (inner.isNew) yield { path: [outer.key, inner.entry?.key ?? 0], value: inner.entry?.value };
    }
  }
}

/** Entries of a text by the key at the margin above them, and by how they are written; each is used once. */
type Known = Map<string, Map<string, Entry[]>>;

function both(a: Known, b: Known): Known {
  for (const [above, entries] of b)
    for (const [written, list] of entries) for (const entry of list) remember(a, { above, written }, entry);
  return a;
}

type Named = { readonly above: string; readonly written: string };

function remember(known: Known, { above, written }: Named, entry: Entry): void {
  const entries = known.get(above) ?? new Map<string, Entry[]>();
  known.set(above, entries);
  addTo(entries, written, entry);
}

/** What is made of a text, piece by piece. */
type Draft = {
  readonly text: string;
  readonly lines: Lines;
  readonly before: Known;
  readonly now: Known;
  readonly places: Map<unknown, Entries>;
  readonly pieces: Map<unknown, { readonly start: number; readonly places: Places }>;
  readonly problems: { readonly yaml: Problems; readonly walk: Problems };
  aliased: number;
};
type Problems = Tree['problems']['yaml'][number][];

/** The pieces as one tree; undefined where one can not be read by itself. */
function assemble(
  pieces: readonly Piece[],
  shapes: readonly Shape[],
  source: Pick<Draft, 'text' | 'lines' | 'before' | 'now'>,
): Tree | undefined {
  const problems = { yaml: [], walk: [] };
  const draft: Draft = { ...source, places: new Map(), pieces: new Map(), problems, aliased: 0 };
  const found: Found[] = [];
  for (const [at, piece] of pieces.entries()) {
    const entry = entryOf(piece, { key: '', shapes, isLast: at === pieces.length - 1 }, draft);
    if (entry?.key === undefined) return undefined;
    const inner = piece.inner && joined(piece.inner, { entry, shapes }, draft);
    if (piece.inner && !inner) return undefined;
    found.push(
      inner ? { ...entry, value: inner.value, place: { ...entry.place, value: inner.span } } : entry,
    );
  }
  const data = gathered(found, shapes, draft);
  const start = found[0]?.place.key?.[0];
  if (data === undefined || start === undefined || draft.aliased > aliasBudget) return undefined;
  const end = draft.text.indexOf('\n', start);
  const span: Span = [start, end === -1 ? draft.text.length : end];
  return { data, places: draft.places, pieces: draft.pieces, span, problems, isRefused: false };
}

/** An entry where it stands in the text. */
type Found = Pick<Entry, 'key' | 'value' | 'isBare' | 'span'> & { readonly place: Place };

/** Steps of a list, or nodes of a map, as one value. */
function joined(
  pieces: readonly TextPlace[],
  { entry, shapes }: { entry: Found; shapes: readonly Shape[] },
  draft: Draft,
): { value: unknown; span: Span } | undefined {
  if (!entry.isBare || entry.key === undefined) return undefined;
  const above = { key: entry.key, shapes: shapesBelow(shapes, entry.key) };
  const found: Found[] = [];
  for (const [at, piece] of pieces.entries()) {
    const each = entryOf(piece, { ...above, isLast: at === pieces.length - 1 }, draft);
    if (!each) return undefined;
    found.push(each);
  }
  const value = gathered(found, above.shapes, draft);
  const [first] = found;
  const last = found.at(-1);
  return value === undefined || !first || !last ? undefined : { value, span: [first.span[0], last.span[1]] };
}

/** What a piece stands in: a key at the margin, or the document itself. */
type Above = { readonly key: string; readonly shapes: readonly Shape[]; readonly isLast: boolean };

/** Taken from the text before; undefined where a mistake in the piece may be about more than that. */
function entryOf({ start, end }: TextPlace, above: Above, draft: Draft): Found | undefined {
  const written = draft.text.slice(start, end);
  const known = draft.before.get(above.key)?.get(written)?.shift() ?? readEntry(written, above.shapes);
  if (known) {
    remember(draft.now, { above: above.key, written }, known);
    return placed(known, start, draft);
  }
  // What comes behind the last one is of another kind.
  if (above.isLast && end < draft.text.length) return undefined;
  const wrong = readWrongEntry({ ...draft, start, end }, above.shapes);
  if (!wrong) return undefined;
  draft.problems.yaml.push(...wrong.problems.yaml);
  draft.problems.walk.push(...wrong.problems.walk);
  return placed(wrong, 0, draft);
}

/** With its places counted from where its piece starts. */
function placed(entry: Entry, start: number, draft: Draft): Found {
  const { key, value, place, places, span, isBare } = entry;
  draft.aliased += entry.aliased;
  if (places.size > 0) draft.pieces.set(value, { start, places });
  const at = ([from, to]: Span): Span => [start + from, start + to];
  const moved = { ...(place.key && { key: at(place.key) }), value: at(place.value) };
  return { key, value, place: moved, span: at(span), isBare };
}

/** Entries as the map or list that they are together; undefined where they are none, or a key is there twice. */
function gathered(found: readonly Found[], shapes: readonly Shape[], draft: Draft): unknown {
  const isList = found[0]?.key === undefined;
  if (found.some(({ key }) => (key === undefined) !== isList)) return undefined;
  const places = new Map(found.map(({ key, place }, at) => [key ?? at, place]));
  if (places.size < found.length) return undefined;
  const value = isList
    ? found.map((each) => each.value)
    : collected(new Map(found.map((each) => [each.key ?? '', each.value])), shapes);
  draft.places.set(value, places);
  return value;
}
