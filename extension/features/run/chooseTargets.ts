import * as vscode from 'vscode';
import { selectionOf } from '../../../core/selection/write.ts';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
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
  const ticked = tickedTargets(deps, index);
  if (ticked) {
    warnGone([...deps.selection.ticked.tags].filter((tag) => !index.tags.has(tag)));
    return ticked;
  }
  const highlighted = ofElements(deps.highlighted());
  if (highlighted.nodes.length > 0) return highlighted;
  return askSelection(deps, '');

  function ofElements(rows: readonly TreeElement[]): ChosenTargets {
    return { expression: expressionOfElements(rows, index), nodes: nodesOf(rows, index) };
  }
}

/** Nodes one by one, and groups and tags that stand for theirs; undefined where nothing is ticked. */
function tickedTargets(
  { selection }: Pick<ChooseDeps, 'selection'>,
  index: InventoryIndex,
): ChosenTargets | undefined {
  const names = index.inventory.nodes.map((node) => node.name);
  const nodes = matchTicks(selection.ticks, names).present;
  if (nodes.length === 0) return undefined;
  const own = matchTicks(selection.ticked.nodes, names).present;
  const { groups, tags } = selection.ticked;
  const terms = [
    ...(own.length > 0 ? [selectionOf(own, index)] : []),
    ...[...tags].filter((tag) => index.tags.has(tag)).map((name) => setTerm({ kind: 'tag', name })),
  ];
  return { expression: terms.join(','), nodes, groups: [...groups] };
}

/** What is ticked, as an expression alone; empty where nothing is. */
export function tickedExpression(deps: Pick<ChooseDeps, 'selection'>, index: InventoryIndex): string {
  const { expression = '', groups = [] } = tickedTargets(deps, index) ?? {};
  const present = groups.filter((name) => index.groups.has(name));
  return [...present.map((name) => setTerm({ kind: 'group', name })), expression].filter(Boolean).join(', ');
}

/** A tag that is gone must not stop a run any more than a group that is gone; the plan says the same of groups. */
function warnGone(tags: readonly string[]): void {
  if (tags.length === 0) return;
  const terms = tags.map((name) => setTerm({ kind: 'tag', name })).join(', ');
  void vscode.window.showWarningMessage(plainText(`Left out, as no node has it any more: ${terms}.`));
}
