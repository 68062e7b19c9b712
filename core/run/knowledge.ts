import { groupsByNode, type InventoryIndex } from '../inventory/model.ts';
import { isMap, type Value } from '../schema/value.ts';
import type { Target } from './plan.ts';

/** Targets with what templates can ask about them beside their variables: groups and facts. */
export function withKnowledge(targets: readonly Target[], index: InventoryIndex): Target[] {
  const groups = groupsByNode(index);
  return targets.map((target) => ({
    ...target,
    groups: [...(groups.get(target.node) ?? [])],
    facts: factTree(index.nodes.get(target.node)?.facts ?? {}),
  }));
}

/** Facts by dotted path, or as trees, as one tree: `os.id` is `id` in `os`. A tree that is there already wins. */
export function factTree(facts: Readonly<Record<string, Value>>): Record<string, Value> {
  const root = new Map<string, Value | Branch>();
  // Shorter paths first: what stands as a whole is not taken apart by what stands below it.
  const entries = Object.entries(facts).toSorted(([a], [b]) => a.split('.').length - b.split('.').length);
  for (const [path, value] of entries) put(root, path.split('.'), value);
  return asRecord(root);
}

type Branch = Map<string, Value | Branch>;

function put(branch: Branch, [key = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    if (!branch.has(key)) branch.set(key, value);
    return;
  }
  const known = branch.get(key);
  const below = known instanceof Map ? known : new Map(isMap(known) ? Object.entries(known) : []);
  if (known !== undefined && !(known instanceof Map) && !isMap(known)) return;
  branch.set(key, below);
  put(below, rest, value);
}

/** Own properties only, whatever the names: `__proto__` is one too. */
function asRecord(branch: Branch): Record<string, Value> {
  return Object.fromEntries(
    [...branch].map(([key, value]) => [key, value instanceof Map ? asRecord(value) : value]),
  );
}
