import { remembered } from '../util/remembered.ts';

/** The value that a path leads to, through maps, objects and lists. */
export function at(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (value instanceof Map) value = value.get(key);
    else if (hasKey(value, key)) value = Reflect.get(value, key);
    else return undefined;
  }
  return value;
}

/**
 * Takes away the innermost map entry on a path, so that the rest can be used. A list is taken away as a whole.
 * False when nothing on the path is an entry of a map.
 */
export function removeEntry(data: unknown, path: readonly PropertyKey[]): boolean {
  for (let length = path.length; length > 0; length -= 1) {
    const container = at(data, path.slice(0, length - 1));
    const key = path[length - 1];
    if (key === undefined || Array.isArray(container)) continue;
    if (container instanceof Map && container.delete(key)) return true;
    if (hasKey(container, key)) return Reflect.deleteProperty(container, key);
  }
  return false;
}

/** Entries of a map, object or list. */
export function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()];
  if (value instanceof Map) return [...(value as Map<string, unknown>)];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** Something at the top of a document, or directly below it. */
export type OuterEntry = {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly container: unknown;
};

/**
 * What stands at the top of a document; where that is a map or a list, each of its entries: steps, nodes, variables.
 * While somebody types, one of them changes, and the others stay the same objects.
 */
export function outerEntries(data: unknown): readonly OuterEntry[] {
  return typeof data === 'object' && data !== null ? entriesBelow(data) : [];
}

/** Every check asks, of the same data. */
const entriesBelow = remembered((data: object): readonly OuterEntry[] => {
  const found: OuterEntry[] = [];
  for (const [top, inner] of entriesOf(data))
    if (typeof inner !== 'object' || inner === null)
      found.push({ path: [top], value: inner, container: data });
    else
      for (const [key, value] of entriesOf(inner)) found.push({ path: [top, key], value, container: inner });
  return found;
});

/** A copy of maps, lists and objects all the way down; whatever else there is, is shared. */
export function copyOf(data: unknown): unknown {
  if (data instanceof Map) return new Map([...data].map(([key, value]) => [key, copyOf(value)]));
  if (Array.isArray(data)) return data.map(copyOf);
  if (Object.prototype.toString.call(data) !== '[object Object]') return data;
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, copyOf(value)]));
}

function hasKey(value: unknown, key: PropertyKey): value is object {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
