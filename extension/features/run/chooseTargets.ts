import * as vscode from 'vscode';
import { selectionOf } from '../../../core/selection/write.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import type { InventoryState, InventoryStore } from '../../services/inventoryStore.ts';
import { expressionOfElements, nodesOf, setTerm } from '../../model/expression.ts';
import { plainText } from '../../model/plain.ts';
import { matchTicks } from '../../model/ticks.ts';
import type { TreeElement } from '../../model/tree.ts';
import type { SelectionModel } from '../../services/selectionModel.ts';
import { askSelection } from './askSelection.ts';

/** What to run on; `groups` are ticked as such, beside the expression. */
export type ChosenTargets = {
  readonly expression: string;
  readonly nodes: readonly string[];
  readonly groups?: readonly string[];
};

export type ChooseDeps = {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
  highlighted(): readonly TreeElement[];
};

/** The rows the command was called on, else the ticked nodes, else the highlighted rows, else what is typed. */
export async function chooseTargets(
  deps: ChooseDeps,
  { index }: InventoryState,
  elements: readonly TreeElement[],
): Promise<ChosenTargets | undefined> {
  if (elements.length > 0) return ofElements(elements);
  const names = index.inventory.nodes.map((node) => node.name);
  const ticked = matchTicks(deps.selection.ticks, names).present;
  if (ticked.length > 0) {
    const own = matchTicks(deps.selection.ticked.nodes, names).present;
    const { groups, tags } = deps.selection.ticked;
    const present = [...tags].filter((tag) => index.tags.has(tag));
    const terms = [
      ...(own.length > 0 ? [selectionOf(own, index)] : []),
      ...present.map((name) => setTerm({ kind: 'tag', name })),
    ];
    warnGone([...tags].filter((tag) => !index.tags.has(tag)));
    return { expression: terms.join(','), nodes: ticked, groups: [...groups] };
  }
  const highlighted = ofElements(deps.highlighted());
  if (highlighted.nodes.length > 0) return highlighted;
  return askSelection(deps, '');

  function ofElements(rows: readonly TreeElement[]): ChosenTargets {
    return { expression: expressionOfElements(rows, index), nodes: nodesOf(rows, index) };
  }
}

/** A tag that is gone must not stop a run any more than a group that is gone; the plan says the same of groups. */
function warnGone(tags: readonly string[]): void {
  if (tags.length === 0) return;
  const terms = tags.map((name) => setTerm({ kind: 'tag', name })).join(', ');
  void vscode.window.showWarningMessage(plainText(`Left out, as no node has it any more: ${terms}.`));
}
