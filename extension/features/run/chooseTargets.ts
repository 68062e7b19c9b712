import type { InventoryState } from '../../services/inventoryStore.ts';
import { expressionOf, expressionOfElements, nodesOf } from '../../model/expression.ts';
import { matchTicks } from '../../model/ticks.ts';
import type { TreeElement } from '../../model/tree.ts';
import type { SelectionModel } from '../../services/selectionModel.ts';
import { askSelection } from './askSelection.ts';

export type ChosenTargets = { readonly expression: string; readonly nodes: readonly string[] };

export type ChooseDeps = { readonly selection: SelectionModel; highlighted(): readonly TreeElement[] };

/** The rows the command was called on, else the ticked nodes, else the highlighted rows, else what is typed. */
export async function chooseTargets(
  deps: ChooseDeps,
  { index }: InventoryState,
  elements: readonly TreeElement[],
): Promise<ChosenTargets | undefined> {
  if (elements.length > 0) return ofElements(elements);
  const names = index.inventory.nodes.map((node) => node.name);
  const ticked = matchTicks(deps.selection.ticks, names).present;
  if (ticked.length > 0) return { expression: expressionOf(ticked, index), nodes: ticked };
  const highlighted = ofElements(deps.highlighted());
  if (highlighted.nodes.length > 0) return highlighted;
  return askSelection(index, '');

  function ofElements(rows: readonly TreeElement[]): ChosenTargets {
    return { expression: expressionOfElements(rows, index), nodes: nodesOf(rows, index) };
  }
}
