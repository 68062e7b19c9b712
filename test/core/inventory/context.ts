import type { MusterContext } from '../../../core/inventory/muster/parseMuster.ts';
import { readInventory } from '../../../core/inventory/readInventory.ts';
import { formatProblem } from '../../../core/util/problem.ts';

export const context: MusterContext = {
  source: 'inventory.yaml',
  resolvePath: (path) => (path.startsWith('~') ? `/home/me${path.slice(1)}` : `/ws/${path}`),
};

export function read(text: string) {
  return readInventory(text, context).inventory;
}

/** Problems as a person sees them, with line and column in front. */
export function placesOf(text: string): readonly string[] {
  return read(text).problems.map((problem) => formatProblem(problem).replace('inventory.yaml:', ''));
}
