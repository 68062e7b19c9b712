import * as z from 'zod';
import { textOf } from '../playbook/template/values.ts';
import type { Value } from '../schema/value.ts';

/** Most sets of parameters of one batch. */
export const mostItems = 5000;

/** Sets of parameters: what runs, runs once for each of them. */
export const Items = z
  .array(z.record(z.string(), z.json()))
  .min(1, 'The batch has no sets of parameters.')
  .max(mostItems, `A batch has at most ${mostItems.toLocaleString('en')} sets of parameters.`);
export type Items = z.infer<typeof Items>;

/** Characters of a name. */
const longestName = 60;

/** A name for each set: its value where it has one alone, else `name=value` of each; no two are the same. */
export function itemNames(items: Items): readonly string[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function nameOf(item: Record<string, Value>): string {
  const entries = Object.entries(item);
  const [only] = entries;
  const text =
    only && entries.length === 1
      ? shown(only[1])
      : entries.map(([name, value]) => `${name}=${shown(value)}`).join(', ');
  const line = text.replaceAll(/\s+/g, ' ').trim() || 'nothing';
  return line.length > longestName ? `${line.slice(0, longestName)}…` : line;
}

function shown(value: Value): string {
  return textOf(value) ?? 'nothing';
}
