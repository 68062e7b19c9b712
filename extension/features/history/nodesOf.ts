import * as vscode from 'vscode';
import { foldNames } from '../../../core/selection/nodeset.ts';
import { outcomeLook, plural } from '../../../core/run/format.ts';
import type { BatchState } from '../../../core/run/state.ts';
import { inventoryViewId } from '../../commandIds.ts';
import { foldWithin } from '../../model/foldWithin.ts';
import { batchesOf, executionsOf } from '../../model/historyElement.ts';
import { plainText, withoutIcons } from '../../model/plain.ts';
import { statusGroups } from '../../model/statusGroups.ts';
import { matchTicks } from '../../model/ticks.ts';
import type { BatchStore } from '../../services/batchStore.ts';
import type { InventoryStore } from '../../services/inventoryStore.ts';
import type { SelectionModel } from '../../services/selectionModel.ts';
import { showRefusal } from '../showRefusal.ts';

export type NodesDeps = {
  readonly batches: BatchStore;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
};

const foldedAtMost = 60;

/** Ticks nodes of the history in the inventory, in place of what is ticked there, and shows it. */
export async function selectInTree(
  { inventory, selection }: NodesDeps,
  names: readonly string[],
): Promise<void> {
  const { index } = await inventory.load();
  const { present, gone } = matchTicks(new Set(names), [...index.nodes.keys()]);
  if (gone.length > 0) {
    const left = `${plural(gone.length, 'node')} not in the inventory any more: ${foldWithin(gone, foldedAtMost)}.`;
    void vscode.window.showWarningMessage(plainText(left));
  }
  if (present.length === 0) return;
  selection.replace({ nodes: present });
  await vscode.commands.executeCommand(`${inventoryViewId}.focus`);
}

/** Puts names, folded as they are written in expressions, on the clipboard, and says so. */
export async function copyNodeList(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await vscode.env.clipboard.writeText(foldNames(names));
  void vscode.window.setStatusBarMessage(`$(copy) ${plural(names.length, 'node')} copied`, 3000);
}

/** The nodes of executions, or of batches: all of them, or those of one status that a person picks. */
export async function nodesOfRows(
  { batches }: NodesDeps,
  {
    args,
    title,
    batch,
  }: { readonly args: readonly unknown[]; readonly title: string; readonly batch?: string },
): Promise<readonly string[]> {
  const executions = executionsOf(args).map(({ execution }) => execution.node);
  if (executions.length > 0) return [...new Set(executions)];
  const rows = batchesOf(args).map(({ id }) => id);
  const ids = rows.length > 0 || batch === undefined ? rows : [batch];
  const states: BatchState[] = [];
  for (const id of ids) {
    const state = await batches.open(id);
    if (state.ok) states.push(state.value);
    else await showRefusal(state.error);
  }
  const groups = statusGroups(states.flatMap((state) => state.executions));
  return groups.length > 2 ? pickGroup(groups, title) : (groups[0]?.nodes ?? []);
}

async function pickGroup(groups: ReturnType<typeof statusGroups>, title: string): Promise<readonly string[]> {
  const items = groups.map(({ status, nodes }) => ({
    label: status === undefined ? 'All' : outcomeLook[status].word,
    description: withoutIcons(`${plural(nodes.length, 'node')}: ${foldWithin(nodes, foldedAtMost)}`),
    iconPath: new vscode.ThemeIcon(status === undefined ? 'list-unordered' : outcomeLook[status].icon),
    nodes,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Which of the nodes' });
  return picked?.nodes ?? [];
}
