import type { InventoryContext } from '../../../core/inventory/parseInventory.ts';
import { parseInventory } from '../../../core/inventory/parseInventory.ts';
import { formatProblem } from '../../../core/util/problem.ts';

export const context: InventoryContext = {
  source: 'inventory.yaml',
  resolvePath: (path) => (path.startsWith('~') ? `/home/me${path.slice(1)}` : `/ws/${path}`),
};

export function read(text: string) {
  return parseInventory(text, context);
}

/** Problems as a person sees them, with line and column in front. */
export function placesOf(text: string): readonly string[] {
  return read(text).problems.map((problem) => formatProblem(problem).replace('inventory.yaml:', ''));
}
