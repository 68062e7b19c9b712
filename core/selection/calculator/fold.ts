import type { Product } from '../nodeset/product.ts';
import { foldNumbers } from '../nodeset/runs.ts';
import type { NodeSet } from './nodeSet.ts';
import { orderSet } from './order.ts';

export type FoldOptions = {
  /** How many numbers at equal distance are written with a step: `1-9/2`. Without it none are. */
  readonly autostep?: number | undefined;
  /** Places of the numbers that may be folded, from 0, from the end if negative; without it all of them. */
  readonly axes?: readonly number[] | undefined;
};

/** A set as one expression, as `nodeset -f` writes it: `web[01-02,04].example.com,db1`. */
export function foldSet(set: NodeSet, options: FoldOptions = {}): string {
  return orderSet(set)
    .flatMap(({ texts, products }) => products.flatMap((product) => foldProduct(texts, product, options)))
    .join(',');
}

/** Numbers as one range set: `1-5,007`. */
export function foldRangeSet(set: NodeSet, { autostep }: FoldOptions = {}): string {
  return [...set.values()].map(({ rows }) => foldNumbers([...rows], autostep)).join(',');
}

/** One term, or several where positions must not be folded: the first of these runs fastest. */
function foldProduct(texts: readonly string[], product: Product, { autostep, axes }: FoldOptions): string[] {
  let terms = [texts[0] ?? ''];
  for (const [at, numbers] of product.entries()) {
    const written = mayFold(at, product.length, axes)
      ? [numbers.length === 1 ? (numbers[0] ?? '') : `[${foldNumbers(numbers, autostep)}]`]
      : numbers;
    const after = texts[at + 1] ?? '';
    terms = written.flatMap((text) => terms.map((term) => term + text + after));
  }
  return terms;
}

function mayFold(at: number, count: number, axes: readonly number[] | undefined): boolean {
  return axes === undefined || axes.includes(at) || axes.includes(at - count);
}
