import { compareNumbers } from './span.ts';

/** A product of numbers: one list per position, each with the numbers found there, ascending. */
export type Product = readonly (readonly string[])[];

/** Passes over the products, at most. What is not merged by then stays apart. */
const maxPasses = 200;

/** A product while it is being merged; `keys` tell its positions apart, `size` counts its names. */
type Candidate = { readonly product: Product; readonly keys: readonly string[]; readonly size: number };

/**
 * Disjoint products that together are exactly the rows, the largest first. Rows that form a full product become one.
 * Neighbours that differ in one position merge, pass by pass, until none do: ClusterShell's results, by observation.
 */
export function foldRows(rows: readonly (readonly string[])[]): Product[] {
  if (rows[0]?.length === 1) return [[rows.flat().sort(compareNumbers)]];
  let candidates = rows.map((row) => candidateOf(row.map((number) => [number]))).sort(compareCandidates);
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const merged = mergeNeighbours(candidates).sort(compareCandidates);
    if (merged.length === candidates.length) break;
    candidates = merged;
  }
  return candidates.map(({ product }) => product);
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

function mergeNeighbours(candidates: readonly Candidate[]): Candidate[] {
  const merged: Candidate[] = [];
  let open: { candidate: Candidate; position: number; numbers: string[] } | undefined;
  const close = (): void => {
    if (open) merged.push(withNumbers(open.candidate, open.position, open.numbers));
  };
  for (const candidate of candidates) {
    const position = open && onlyDifference(open.candidate, candidate);
    if (open && position !== undefined && (open.position < 0 || open.position === position)) {
      open.position = position;
      open.numbers.push(...(candidate.product[position] ?? []));
      continue;
    }
    close();
    open = { candidate, position: -1, numbers: [] };
  }
  close();
  return merged;
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

/** The candidate with more numbers at one position; unchanged when no position was found. */
function withNumbers(candidate: Candidate, position: number, numbers: readonly string[]): Candidate {
  if (position < 0) return candidate;
  return candidateOf(
    candidate.product.map((own, at) => (at === position ? [...own, ...numbers].sort(compareNumbers) : own)),
  );
}
