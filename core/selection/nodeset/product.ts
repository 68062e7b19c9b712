import { addTo } from '../../util/lists.ts';
import { compareNumbers } from './runs.ts';

/** A product of numbers: one list per position, each with the numbers found there, ascending. */
export type Product = readonly (readonly string[])[];

/**
 * A product while it is being merged. Lists that numbers were added to are ascending again after each pass. `keys` are
 * sums over the numbers of a list: equal lists have equal keys, and other lists hardly ever.
 */
type Candidate = { readonly product: string[][]; readonly keys: number[]; size: number };

/** Keys stay below this, so that adding two of them is exact. */
const keyLimit = 2 ** 52;

/**
 * Disjoint products that together are exactly the rows, in ClusterShell's order: the largest first. Products that differ
 * in one position merge: as long as that does anything each with its neighbours, then each with any later one.
 */
export function foldRows(rows: readonly (readonly string[])[]): Product[] {
  const [first] = rows;
  if (!first) return [];
  const varying = [...first.keys()].filter((at) => rows.some((row) => row[at] !== first[at]));
  if (varying.length < 2) return [productOfOne(rows, varying[0])];
  const keys = new Map<string, number>();
  const keyOf = (number: string): number => {
    const known = keys.get(number) ?? scatter(keys.size);
    keys.set(number, known);
    return known;
  };
  const single = rows.map((row) => ({
    product: row.map((number) => [number]),
    keys: row.map(keyOf),
    size: 1,
  }));
  const merged = mergeUntilSettled(mergeUntilSettled(single, mergeNeighbours), mergeAny);
  return merged.map(({ product }) => product);
}

/** Rows that differ in one position, or none, as the one product that they are. */
function productOfOne(rows: readonly (readonly string[])[], varying: number | undefined): Product {
  const first = rows[0] ?? [];
  return first.map((number, at) =>
    at === varying ? [...new Set(rows.map((row) => row[at] ?? ''))].sort(compareNumbers) : [number],
  );
}

function mergeUntilSettled(
  candidates: readonly Candidate[],
  merge: (sorted: readonly Candidate[]) => Candidate[],
): Candidate[] {
  let settled = candidates.toSorted(compareCandidates);
  for (;;) {
    const merged = merge(settled);
    for (const { product } of merged) for (const numbers of product) sortNumbers(numbers);
    merged.sort(compareCandidates);
    if (merged.length === settled.length) return settled;
    settled = merged;
  }
}

/** Larger ones first; then position by position: more numbers, a lower first one, a lower last one, as text. */
function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.size !== b.size) return b.size - a.size;
  for (const [position, own] of a.product.entries()) {
    const other = b.product[position] ?? [];
    if (own.length !== other.length) return other.length - own.length;
    const order = compareText(own[0], other[0]) || compareText(own.at(-1), other.at(-1));
    if (order !== 0) return order;
  }
  return 0;
}

function compareText(a = '', b = ''): number {
  return a < b ? -1 : Number(a > b);
}

/** Each product takes in those right after it, as long as they differ in one position. */
function mergeNeighbours(candidates: readonly Candidate[]): Candidate[] {
  const merged: Candidate[] = [];
  for (const candidate of candidates) {
    const current = merged.at(-1);
    const position = current && onlyDifference(current, candidate);
    if (current && position !== undefined) absorb(current, candidate, position);
    else merged.push(candidate);
  }
  return merged;
}

/** Each product takes in every later one that differs in one position, one after the other, as it grows. */
function mergeAny(candidates: readonly Candidate[]): Candidate[] {
  const buckets = bucketsOf(candidates);
  const gone = new Set<number>();
  return candidates.filter((current, at) => {
    if (gone.has(at)) return false;
    let partner = nextPartner(current, { candidates, buckets, gone, after: at });
    while (partner !== undefined) {
      const other = candidates[partner.at];
      if (other) absorb(current, other, partner.position);
      gone.add(partner.at);
      partner = nextPartner(current, { candidates, buckets, gone, after: partner.at });
    }
    return true;
  });
}

/** Places of the products that are equal but for one position, ascending, by what is equal. */
type Buckets = ReadonlyMap<string, readonly number[]>;

function bucketsOf(candidates: readonly Candidate[]): Buckets {
  const buckets = new Map<string, number[]>();
  for (const [at, candidate] of candidates.entries()) {
    for (const position of candidate.keys.keys()) addTo(buckets, keyWithout(candidate, position), at);
  }
  return buckets;
}

type Search = {
  readonly candidates: readonly Candidate[];
  readonly buckets: Buckets;
  readonly gone: ReadonlySet<number>;
  readonly after: number;
};

/** The first product after a place that differs in one position. */
function nextPartner(
  candidate: Candidate,
  { candidates, buckets, gone, after }: Search,
): { at: number; position: number } | undefined {
  let found: { at: number; position: number } | undefined;
  for (const position of candidate.keys.keys()) {
    const bucket = buckets.get(keyWithout(candidate, position)) ?? [];
    for (let place = firstAbove(bucket, after); place < bucket.length; place += 1) {
      const at = bucket[place] ?? Infinity;
      if (found && at >= found.at) break;
      const other = candidates[at];
      if (!other || gone.has(at) || onlyDifference(candidate, other) !== position) continue;
      found = { at, position };
      break;
    }
  }
  return found;
}

/** Place of the first of ascending numbers that is above the limit. */
function firstAbove(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function keyWithout({ keys }: Candidate, position: number): string {
  return keys.map((key, at) => (at === position ? '' : key)).join(' ');
}

/** The position where two products differ, if it is only one. */
function onlyDifference(a: Candidate, b: Candidate): number | undefined {
  let found: number | undefined;
  for (const [position, own] of a.product.entries()) {
    const other = b.product[position] ?? [];
    if (a.keys[position] === b.keys[position] && areEqual(own, other)) continue;
    if (found !== undefined) return undefined;
    found = position;
  }
  return found;
}

function areEqual(own: string[], other: string[]): boolean {
  if (own.length !== other.length) return false;
  sortNumbers(own);
  return own.every((number, at) => number === other[at]);
}

/** Takes in a product that differs in one position only. */
function absorb(current: Candidate, { product, keys }: Candidate, position: number): void {
  const numbers = current.product[position] ?? [];
  current.size /= numbers.length;
  for (const number of product[position] ?? []) numbers.push(number);
  current.size *= numbers.length;
  current.keys[position] = ((current.keys[position] ?? 0) + (keys[position] ?? 0)) % keyLimit;
}

/** Sorts in place; a list that is ascending already costs one look at each number. */
function sortNumbers(numbers: string[]): void {
  if (numbers.some((number, at) => at > 0 && compareNumbers(numbers[at - 1] ?? '', number) > 0))
    numbers.sort(compareNumbers);
}

/** A number below 2^52 for each place in a count, far from those of its neighbours: the finalizer of MurmurHash3. */
function scatter(place: number): number {
  return mix(2 * place + 1) * 2 ** 20 + (mix(2 * place + 2) >>> 12);
}

function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85_eb_ca_6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
