import { foldForDisplay } from '../../core/selection/nodeset.ts';

/** Names folded for a person, cut with `…` where that is longer than `length` characters. */
export function foldWithin(names: readonly string[], length: number): string {
  const folded = foldForDisplay(names);
  return folded.length > length ? `${folded.slice(0, length - 1)}…` : folded;
}
