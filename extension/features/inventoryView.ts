import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { setOf } from '../model/expression.ts';
import { isWhole, matchTicks, type TickChange } from '../model/ticks.ts';
import type { TreeElement } from '../model/tree.ts';
import { keysAndNetwork } from '../model/whereItRuns.ts';
import type { InventoryState } from '../services/inventoryStore.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import { type InventoryRowsDeps, showInventoryRows } from './inventoryRows.ts';

export type InventoryView = Disposable & {
  /** The rows that are highlighted, which is not the same as ticked. */
  readonly highlighted: readonly TreeElement[];
  setBadge(badge: vscode.ViewBadge | undefined): void;
};

export function showInventoryView(
  deps: InventoryRowsDeps & { readonly context: vscode.ExtensionContext },
): InventoryView {
  const { inventory, selection, outcomes, viewState, reaches } = deps;
  const rows = showInventoryRows(deps);
  const { view } = rows;
  view.description = whereItRuns(deps.context);
  const owned: Disposable[] = [
    rows,
    inventory.onDidChange((state) => {
      selection.follow(state.index);
      dropGone(state, selection);
      rows.rebuild();
    }),
    viewState.onDidChange(rows.rebuild),
    reaches.onDidChange(rows.recolour),
    outcomes.onDidChange(rows.recolour),
    selection.onDidChange(rows.redraw),
    deps.rules.onDidChange(rows.tell),
    vscode.workspace.onDidGrantWorkspaceTrust(rows.tell),
    view.onDidChangeVisibility(({ visible }) => {
      inventory.setVisible(visible);
      if (visible) rows.redraw();
    }),
    view.onDidChangeCheckboxState(({ items }) => {
      const { state } = inventory;
      if (items.length === 0) tellLostClick();
      if (!state) return;
      rows.touched(items.map(([element]) => element));
      selection.change(items.map((item) => tickOf(item, state)));
    }),
    everyMinute(() => rows.recolour([...reaches.last.keys(), ...outcomes.last.keys()])),
  ];
  inventory.setVisible(view.visible);

  return {
    get highlighted() {
      return view.selection;
    },
    setBadge: (badge) => {
      view.badge = badge;
    },
    dispose: () => owned.forEach((each) => each.dispose()),
  };
}

/** VS Code had no row for it, and says nothing of which one it was. */
function tellLostClick(): void {
  void vscode.window.setStatusBarMessage('$(info) The rows were being drawn: tick it again.', 5000);
}

/** The row of a group or tag stands for it as such, unless a filter hides some of its nodes. */
function tickOf(
  [element, box]: readonly [TreeElement, vscode.TreeItemCheckboxState],
  { index }: InventoryState,
): TickChange {
  const ticked = box === vscode.TreeItemCheckboxState.Checked;
  const set = setOf(element);
  return { names: element.nodes, ticked, ...(set && isWhole(set, element.nodes, index) && { as: set }) };
}

/** Ages of outcomes and answers go on. */
function everyMinute(tell: () => void): Disposable {
  const timer = setInterval(tell, 60_000);
  return { dispose: () => clearInterval(timer) };
}

/**
 * Ticks of nodes that no source has any more would run on nothing and never be seen. While a source has trouble or waits
 * for a yes, its nodes may come back.
 */
function dropGone({ problems, index }: InventoryState, selection: SelectionModel): void {
  if (problems.length > 0 || index.inventory.sources.some(({ status }) => status !== 'ok')) return;
  const { nodes, groups, tags } = selection.ticked;
  const { present, gone } = matchTicks(nodes, [...index.nodes.keys()]);
  if (gone.length > 0) selection.replace({ nodes: present, groups, tags });
}

function whereItRuns({ extension }: vscode.ExtensionContext): string {
  return keysAndNetwork({
    remoteName: vscode.env.remoteName,
    inWorkspace: extension.extensionKind === vscode.ExtensionKind.Workspace,
    hostName: os.hostname(),
  });
}
