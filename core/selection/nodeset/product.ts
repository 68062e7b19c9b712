import { compareNumbers } from './span.ts';

/** A product of numbers: one list per position, each with the numbers found there, ascending. */
export type Product = readonly (readonly string[])[];

/** Passes over the products, at most. What is not merged by then stays apart. */
const maxPasses = 200;

/** A product while it is being merged; `keys` tell its positions apart, `size` counts its names. */
type Candidate = { readonly product: Product; readonly keys: readonly string[]; readonly size: number };

/**
 * Disjoint products that together are exactly the rows, the largest first. Rows that form a full product become one.
 * Products that differ in one position merge: first neighbours, then any two. These are ClusterShell's results, by
 * observation.
 */
export function foldRows(rows: readonly (readonly string[])[]): Product[] {
  if (rows[0]?.length === 1) return [[rows.flat().sort(compareNumbers)]];
  const single = rows.map((row) => candidateOf(row.map((number) => [number])));
  const merged = mergeUntilSettled(mergeUntilSettled(single, mergeNeighbours), mergeAnyTwo);
  return merged.map(({ product }) => product);
}

function mergeUntilSettled(
  candidates: readonly Candidate[],
  merge: (sorted: readonly Candidate[]) => Candidate[],
): Candidate[] {
  let settled = [...candidates].sort(compareCandidates);
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const merged = merge(settled).sort(compareCandidates);
    if (merged.length === settled.length) return settled;
    settled = merged;
  }
  return settled;
}

function candidateOf(product: Product): Candidate {
  const size = product.reduce((count, numbers) => count * numbers.length, 1);
  return { product, keys: product.map((numbers) => numbers.join(',')), size };
}

/** Larger ones first, then those with more numbers in an earlier position, then by their first numbers as text. */
function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.size !== b.size) return b.size - a.size;
  for (const [position, numbers] of a.product.entries()) {
    const others = b.product[position] ?? [];
    if (numbers.length !== others.length) return others.length - numbers.length;
  }
  for (const [position, numbers] of a.product.entries()) {
    const own = numbers[0] ?? '';
    const other = b.product[position]?.[0] ?? '';
    if (own !== other) return own < other ? -1 : 1;
  }
  return 0;
}

/** Merges runs of products that differ in the same one position. */
function mergeNeighbours(candidates: readonly Candidate[]): Candidate[] {
  const merged: Candidate[] = [];
  let run: Candidate[] = [];
  let runPosition: number | undefined;
  for (const candidate of candidates) {
    const [first] = run;
    const position = first && onlyDifference(first, candidate);
    if (position !== undefined && (runPosition === undefined || runPosition === position)) {
      runPosition = position;
      run.push(candidate);
      continue;
    }
    if (first) merged.push(union(run, runPosition));
    run = [candidate];
    runPosition = undefined;
  }
  if (run.length > 0) merged.push(union(run, runPosition));
  return merged;
}

/** Merges each product with all later ones that differ from it in the position where the first such one does. */
function mergeAnyTwo(candidates: readonly Candidate[]): Candidate[] {
  const buckets = new Map<string, number[]>();
  for (const [at, candidate] of candidates.entries()) {
    for (const position of candidate.keys.keys()) {
      const key = keyWithout(candidate, position);
      const bucket = buckets.get(key);
      if (bucket) bucket.push(at);
      else buckets.set(key, [at]);
    }
  }
  const used = new Set<number>();
  const merged: Candidate[] = [];
  for (const [at, candidate] of candidates.entries()) {
    if (used.has(at)) continue;
    used.add(at);
    let nearest: number[] = [];
    let nearestPosition: number | undefined;
    for (const position of candidate.keys.keys()) {
      const later = (buckets.get(keyWithout(candidate, position)) ?? []).filter((other) => !used.has(other));
      if (later[0] === undefined || later[0] > (nearest[0] ?? Infinity)) continue;
      nearest = later;
      nearestPosition = position;
    }
    for (const other of nearest) used.add(other);
    merged.push(union([candidate, ...nearest.flatMap((other) => candidates[other] ?? [])], nearestPosition));
  }
  return merged;
}

function keyWithout(candidate: Candidate, position: number): string {
  return candidate.keys.map((key, at) => (at === position ? '' : key)).join(' ');
}

/** The position where two products differ, if it is only one. */
function onlyDifference(a: Candidate, b: Candidate): number | undefined {
  let found: number | undefined;
  for (const [position, key] of a.keys.entries()) {
    if (key === b.keys[position]) continue;
    if (found !== undefined) return undefined;
    found = position;
  }
  return found;
}

/** Products that differ in one position only, as one. */
function union(candidates: readonly Candidate[], position: number | undefined): Candidate {
  const [first] = candidates;
  if (!first || position === undefined) return first ?? candidateOf([]);
  const numbers = candidates.flatMap(({ product }) => product[position] ?? []).sort(compareNumbers);
  return candidateOf(first.product.map((own, at) => (at === position ? numbers : own)));
}
