import { isSecretName } from '../../../core/inventory/write/secrets.ts';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { isMap, type Value } from '../../../core/schema/value.ts';

/** Nodes whose facts are looked at while somebody types, names of facts, values of one, and levels below it. */
const most = { nodes: 1000, names: 100, values: 8, levels: 4 };

/** Facts that nodes have, by their dotted names, each with how many nodes have which value. */
export function knownFacts({ inventory }: InventoryIndex): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const found = new Map<string, Map<string, number>>();
  const look = (value: Value, path: readonly string[]): void => {
    if (isMap(value)) {
      if (path.length < most.levels)
        for (const [key, inner] of Object.entries(value)) look(inner, [...path, key]);
      return;
    }
    const name = path.join('.');
    const values = found.get(name) ?? new Map<string, number>();
    if (!found.has(name) && found.size >= most.names) return;
    found.set(name, values);
    if (typeof value === 'object' || path.some(isSecretName)) return;
    const text = String(value);
    if (values.has(text) || values.size < most.values) values.set(text, (values.get(text) ?? 0) + 1);
  };
  for (const { facts } of inventory.nodes.slice(0, most.nodes)) look(facts, []);
  return found;
}
