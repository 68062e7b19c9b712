import { joinNumbers } from '../nodeset/fold.ts';
import { foldRows } from '../nodeset/product.ts';
import type { Product } from '../nodeset/product.ts';
import { compareNumbers } from '../nodeset/runs.ts';
import type { NodeSet } from './nodeSet.ts';
import { numbersOf } from './nodeSet.ts';

/** Names of one pattern in ClusterShell's order: product after product, the last position running fastest. */
export type Ordered = { readonly texts: readonly string[]; readonly products: readonly Product[] };

/** One name, as texts and numbers. */
export type Item = { readonly texts: readonly string[]; readonly row: readonly string[] };

/** A set in ClusterShell's order: patterns by code points, then products as they fold. */
export function orderSet(set: NodeSet): Ordered[] {
  return [...set]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([, numbered]) => {
      const { texts, rows } = numbered;
      if (texts.length === 2) return { texts, products: [[[...rows].sort(compareNumbers)]] };
      return { texts, products: foldRows([...rows].map((row) => numbersOf(row, numbered))) };
    });
}

/** Every name of an ordered set, one after the other. */
export function* itemsOf(ordered: readonly Ordered[]): Generator<Item> {
  for (const { texts, products } of ordered) {
    for (const product of products) for (const row of rowsOfProduct(product)) yield { texts, row };
  }
}

/** Names of a set in ClusterShell's order. */
export function* namesInOrder(set: NodeSet): Generator<string> {
  for (const { texts, row } of itemsOf(orderSet(set))) yield joinNumbers(texts, row);
}

/** By code points, as Python compares; by UTF-16 units those beyond the first plane would come too early. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  if (at === length) return a.length - b.length;
  return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
}

function* rowsOfProduct(product: Product): Generator<readonly string[]> {
  const [first = [], ...rest] = product;
  if (product.length < 2) {
    for (const number of first) yield [number];
    if (product.length === 0) yield [];
    return;
  }
  for (const number of first) for (const row of rowsOfProduct(rest)) yield [number, ...row];
}
