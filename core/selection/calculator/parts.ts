import { compareNumbers, runsOf } from '../nodeset/runs.ts';
import type { NodeSet } from './nodeSet.ts';
import { addRow } from './nodeSet.ts';
import type { Item } from './order.ts';
import { itemsOf, orderSet } from './order.ts';
import type { RangeRefusal } from './rangeSet.ts';
import { countSpans, expandSpans, readRangeSet } from './rangeSet.ts';

/** Longest slice, in places. */
const mostPlaces = 1_000_000n;

/**
 * The names at some places of a set in its order, from 0: `0-9`, `5,7`, `0-99/10`. Places from the end are negative, as
 * in Python; places beyond the end are nobody's.
 */
export function sliceSet(set: NodeSet, slice: string): NodeSet | RangeRefusal {
  const spans = readRangeSet(slice);
  if ('message' in spans) return spans;
  const items = [...itemsOf(orderSet(set))];
  if (spans.some(({ first, last }) => last - first > mostPlaces) || countSpans(spans) > mostPlaces)
    return { message: 'The slice is too long.', fix: 'Write a shorter one.' };
  const places = [...new Set(expandSpans(spans))].sort(compareNumbers);
  const result: NodeSet = new Map();
  for (const { first, last, step } of runsOf(places)) {
    const to = fromEnd(Number(last) + 1, items.length);
    for (let at = fromEnd(Number(first), items.length); at < to; at += step) addItem(result, items[at]);
  }
  return result;
}

/** So many parts of a set, at most, in order: each as large as the others, or one larger. */
export function splitSet(set: NodeSet, count: number): NodeSet[] {
  const items = [...itemsOf(orderSet(set))];
  const parts = Math.min(count, items.length);
  const least = Math.floor(items.length / count);
  const larger = items.length % count;
  let at = 0;
  return Array.from({ length: parts }, (_, part) => {
    const from = at;
    at += least + (part < larger ? 1 : 0);
    return setOf(items.slice(from, at));
  });
}

/** Parts of a set whose numbers follow each other without a gap, position by position. */
export function contiguousParts(set: NodeSet): NodeSet[] {
  return orderSet(set).flatMap(({ texts, products }) =>
    products
      .flatMap((product) => product.reduce(splitByRuns, [[]]))
      .map((product) => {
        const part: NodeSet = new Map();
        for (const item of itemsOf([{ texts, products: [product] }])) addItem(part, item);
        return part;
      }),
  );
}

/** Adds a position to each of the products, once for every run of its numbers. */
function splitByRuns(products: string[][][], numbers: readonly string[]): string[][][] {
  const places = new Map(numbers.map((number, at) => [number, at]));
  const runs = runsOf(numbers).map(({ first, last }) =>
    numbers.slice(places.get(first), (places.get(last) ?? 0) + 1),
  );
  return products.flatMap((product) => runs.map((run) => [...product, run]));
}

function setOf(items: readonly Item[]): NodeSet {
  const set: NodeSet = new Map();
  for (const item of items) addItem(set, item);
  return set;
}

function addItem(set: NodeSet, item: Item | undefined): void {
  if (item) addRow(set, item.texts, item.row);
}

function fromEnd(place: number, length: number): number {
  return place < 0 ? Math.max(0, length + place) : place;
}
