import { hiddenValue, unknownValue } from '../../playbook/template/later.ts';
import type { Value } from '../../schema/value.ts';

/** Variables that steps have set on a node, as far as that is known before they run. */
export type Kept = ReadonlyMap<string, Value>;

/** Beyond so many ways in which variables can come out, those that differ count as unknown. */
const mostWays = 16;

/** Each way in which variables can come out, once. */
export function distinct(ways: readonly Kept[]): readonly Kept[] {
  if (ways.length === 1) return ways;
  const found = [...new Map([...new Set(ways)].map((kept) => [keyOf(kept), kept])).values()];
  return found.length > mostWays ? [mergedOf(found)] : found;
}

function keyOf(kept: Kept): string {
  const entries = [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries, (_key, value: unknown) => {
    if (value === unknownValue) return '\0unknown';
    return value === hiddenValue ? '\0hidden' : value;
  });
}

/** All ways in one: what differs between them counts as unknown. */
export function oneWay(ways: readonly Kept[]): readonly Kept[] {
  return ways.length === 1 ? ways : [mergedOf(ways)];
}

function mergedOf(ways: readonly Kept[]): Kept {
  const names = new Set(ways.flatMap((kept) => [...kept.keys()]));
  return new Map(
    [...names].map((name) => {
      const one = (kept: Kept): string => keyOf(new Map([...kept].filter(([each]) => each === name)));
      const same = new Set(ways.map(one)).size === 1;
      return [name, same ? (ways[0]?.get(name) ?? null) : unknownValue];
    }),
  );
}
