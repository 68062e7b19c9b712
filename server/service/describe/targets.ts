import { parseSelection } from '../../../core/selection/parse.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { hasErrors } from '../../../core/util/problem.ts';

/** The nodes that an expression stands for; undefined where it can not be read, or names what is not there. */
export function nodesOf(expression: string, index: InventoryIndex): readonly string[] | undefined {
  const { selection } = parseSelection(expression);
  if (!selection) return undefined;
  const { nodes, problems } = resolveSelection(selection, index);
  return hasErrors(problems) ? undefined : nodes;
}
