import type { Problem } from '../util/problem.ts';
import type { Inventory } from './model.ts';

/** Puts the inventories of several files together, in their order. A name may stand in one file only. */
export function combineInventories(parts: readonly Inventory[]): Inventory {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const nodes = parts.flatMap((part) => part.nodes);
  const groups = parts.flatMap((part) => part.groups);
  return {
    nodes,
    groups,
    problems: [
      ...parts.flatMap((part) => part.problems),
      ...repeats('Node', nodes),
      ...repeats('Group', groups),
    ],
  };
}

type Named = { name: string; origin: { source: string } };

function repeats(kind: 'Node' | 'Group', list: readonly Named[]): Problem[] {
  const first = new Map<string, string>();
  return list.flatMap(({ name, origin }): Problem[] => {
    const before = first.get(name);
    if (before === undefined) first.set(name, origin.source);
    if (before === undefined || before === origin.source) return [];
    const message = `${kind} ${name} is also in ${before}.`;
    return [
      { code: 'name-repeated', severity: 'error', message, fix: 'Rename one of them.', file: origin.source },
    ];
  });
}
