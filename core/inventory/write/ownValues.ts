import type { Value } from '../../schema/value.ts';
import { mergeSources } from '../merge/merge.ts';
import type { Inventory, InventoryNode } from '../model.ts';
import { emptyPart, undescribed, type Described } from '../part.ts';
import type { SourceState } from '../source.ts';

/** What a node must say itself, because its groups do not. */
export type OwnValues = { readonly tags: readonly string[]; readonly vars: Readonly<Record<string, Value>> };

/**
 * Tags and vars of nodes without those that their groups give them when they are read back. Where the groups would give
 * other tags, or tags in another order, a node keeps all of its own.
 */
export function ownValues(inventory: Inventory): (node: InventoryNode) => OwnValues {
  const inherited = inheritedValues(inventory);
  const shared = sameValues();
  return ({ name, tags, vars }) => {
    const given = inherited.get(name);
    if (!given) return { tags, vars };
    const below = new Set(given.tags);
    const own = tags.filter((tag) => !below.has(tag));
    const isSame = [...own, ...given.tags].join('\0') === tags.join('\0');
    const entries = Object.entries(vars).filter(([key, value]) => !shared(given.vars, key, value));
    return { tags: isSame ? own : tags, vars: Object.fromEntries(entries) };
  };
}

/** The nodes as they would be if they said nothing themselves. */
function inheritedValues({ nodes, groups }: Inventory): ReadonlyMap<string, InventoryNode> {
  const place = {};
  const part = {
    ...emptyPart,
    nodes: nodes.map(({ name }) => ({ ...undescribed, name, place })),
    groups: groups.map((group) => ({
      ...described(group),
      name: group.name,
      nodes: group.nodes,
      groups: group.groups,
      place,
    })),
  };
  const state: SourceState = {
    id: '',
    type: 'muster',
    ref: { path: '' },
    status: 'ok',
    nodes: 0,
    groups: 0,
    files: [],
    readAt: 0,
    approvals: [],
  };
  const { inventory } = mergeSources([{ state, part, priority: 0 }]);
  return new Map(inventory.nodes.map((node) => [node.name, node]));
}

function described({
  tags,
  vars,
}: {
  tags: readonly string[];
  vars: Readonly<Record<string, Value>>;
}): Described {
  return {
    ...undescribed,
    tags: tags.map((value) => ({ value })),
    vars: new Map(Object.entries(vars).map(([key, value]) => [key, { value }])),
  };
}

/** Whether values have an equal one under a key; values of a group are written out once. */
function sameValues(): (values: Readonly<Record<string, Value>>, key: string, value: Value) => boolean {
  const texts = new Map<Value, string>();
  const textOf = (value: Value): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const known = texts.get(value) ?? JSON.stringify(value);
    texts.set(value, known);
    return known;
  };
  return (values, key, value) => Object.hasOwn(values, key) && textOf(values[key] ?? null) === textOf(value);
}
