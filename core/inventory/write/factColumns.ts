import { isMap, type Value } from '../../schema/value.ts';
import { readColumns } from '../csv/columns.ts';

type Facts = Readonly<Record<string, Value>>;

/** A column of facts: its title, and the keys that lead to the value. */
export type FactColumn = { readonly title: string; readonly path: readonly string[] };

/**
 * Columns for all facts of the nodes, in the order in which they come up. A fact that is a tree with some nodes and a
 * value with others has one column, trees as JSON in it. A title that would be read as something else gets `fact.`.
 */
export function factColumns(nodes: readonly Facts[]): readonly FactColumn[] {
  const paths = new Map<string, readonly string[]>();
  for (const facts of nodes) for (const path of leavesOf(facts)) paths.set(path.join('\0'), path);
  const leaves = new Set([...paths.values()].map(dotted));
  const taken = new Set<string>();
  return [...paths.values()]
    .filter((path) => !path.some((_part, length) => length > 0 && leaves.has(dotted(path.slice(0, length)))))
    .flatMap((path): FactColumn[] => {
      const title = titleOf(path);
      const key = keyOf(title);
      if (taken.has(key)) return [];
      taken.add(key);
      return [{ title, path }];
    });
}

/** What a node has at a path; trees and lists as JSON. */
export function factCell(facts: Facts, path: readonly string[]): Value {
  const value = path.reduce<Value>(
    (above, key) => (isMap(above) && Object.hasOwn(above, key) ? (above[key] ?? null) : null),
    facts,
  );
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function* leavesOf(facts: Facts, above: readonly string[] = []): Generator<readonly string[]> {
  for (const [key, value] of Object.entries(facts)) {
    const path = [...above, key];
    if (isMap(value) && Object.keys(value).length > 0) yield* leavesOf(value, path);
    else if (value !== null) yield path;
  }
}

function dotted(path: readonly string[]): string {
  return path.join('.');
}

function titleOf(path: readonly string[]): string {
  const plain = path
    .flatMap((key) => key.split('.'))
    .map((key) => (key.trim() === '' ? '_' : key.trim()))
    .join('.');
  const known = readColumns(['name', 'host', plain]).columns[2];
  return known?.kind === 'fact' && !settingTitles.includes(keyOf(plain)) ? plain : `fact.${plain}`;
}

/** Titles of the columns that every table has, in their order. */
export const settingTitles: readonly string[] = [
  'name',
  'transport',
  'host',
  'port',
  'user',
  'jump',
  'tags',
  'groups',
];

/** Titles that the reader of tables takes for one. */
function keyOf(title: string): string {
  return title.toLowerCase().replaceAll(/[\s-]+/g, '_');
}
