import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { inventoryViewId } from '../commandIds.ts';
import { type RowContext, rowOf } from '../model/rows.ts';
import { matchTicks, type TickChange } from '../model/ticks.ts';
import { inventoryTree, type TreeElement } from '../model/tree.ts';
import { treeMessage } from '../model/treeMessage.ts';
import { keysAndNetwork } from '../model/whereItRuns.ts';
import { coalesce } from '../services/coalesce.ts';
import { trackNodeRows } from '../services/nodeRows.ts';
import type { InventoryState, InventoryStore } from '../services/inventoryStore.ts';
import type { Outcomes } from '../services/outcomes.ts';
import type { SelectionModel } from '../services/selectionModel.ts';

export type InventoryView = Disposable & {
  /** The rows that are highlighted, which is not the same as ticked. */
  readonly highlighted: readonly TreeElement[];
  setBadge(badge: vscode.ViewBadge | undefined): void;
};

export type InventoryViewDeps = {
  readonly context: vscode.ExtensionContext;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
  readonly outcomes: Outcomes;
};

const repaintMs = 250;
/** Outcomes of a thousand nodes come within seconds; their colours may come a little later. */
const recolourMs = 1000;

export function showInventoryView(deps: InventoryViewDeps): InventoryView {
  const { inventory, selection, outcomes } = deps;
  const changed = new vscode.EventEmitter<TreeElement[] | undefined>();
  const nodeRows = trackNodeRows();
  let elements: readonly TreeElement[] = [];

  const provider: vscode.TreeDataProvider<TreeElement> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (element) => {
      if (element) return [...element.children()];
      if (!inventory.state) await loadWithProgress(inventory);
      return [...elements];
    },
    getTreeItem: (element) => treeItem(nodeRows.shown(element), rowContext(deps)),
  };
  const view = createView(provider);
  view.description = whereItRuns(deps.context);

  // A parent's box is not painted again when only the parent is refreshed (microsoft/vscode-pull-request-github#8584).
  const repaint = coalesce(repaintMs, () => {
    view.message = messageOf(inventory.state, selection);
    if (view.visible) changed.fire(undefined);
  });
  const recolour = coalesce(recolourMs, () => {
    const rows = nodeRows.takeStale();
    if (view.visible && rows.length > 0) changed.fire(rows);
  });
  const owned: Disposable[] = [
    view,
    changed,
    repaint,
    recolour,
    inventory.onDidChange((state) => {
      elements = inventoryTree(state.index);
      nodeRows.clear();
      dropGone(state, selection);
      repaint();
    }),
    selection.onDidChange(repaint),
    outcomes.onDidChange((nodes) => {
      nodeRows.markStale(nodes);
      recolour();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(repaint),
    view.onDidChangeVisibility(({ visible }) => {
      inventory.setVisible(visible);
      if (visible) repaint();
    }),
    view.onDidChangeCheckboxState(({ items }) => selection.change(items.map(tickOf))),
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

function tickOf([element, state]: readonly [TreeElement, vscode.TreeItemCheckboxState]): TickChange {
  return { names: element.nodes, ticked: state === vscode.TreeItemCheckboxState.Checked };
}

function createView(provider: vscode.TreeDataProvider<TreeElement>): vscode.TreeView<TreeElement> {
  return vscode.window.createTreeView(inventoryViewId, {
    treeDataProvider: provider,
    canSelectMany: true,
    manageCheckboxStateManually: true,
  });
}

function rowContext({ selection, outcomes }: InventoryViewDeps): RowContext {
  return { ticks: selection.ticks, outcomes: outcomes.last, now: Date.now() };
}

function treeItem(element: TreeElement, state: RowContext): vscode.TreeItem {
  const row = rowOf(element, state);
  const opens = element.kind !== 'node';
  const item = new vscode.TreeItem(
    element.label,
    opens ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = element.id;
  item.description = row.description;
  item.tooltip = row.tooltip;
  item.contextValue = element.kind;
  item.accessibilityInformation = { label: row.spoken };
  item.iconPath = row.color
    ? new vscode.ThemeIcon(row.icon, new vscode.ThemeColor(row.color))
    : new vscode.ThemeIcon(row.icon);
  if (row.ticked !== undefined) {
    item.checkboxState = {
      state: row.ticked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
      accessibilityInformation: { label: row.spoken, role: 'checkbox' },
    };
  }
  return item;
}

function loadWithProgress(inventory: InventoryStore): Thenable<InventoryState> {
  return vscode.window.withProgress({ location: { viewId: inventoryViewId } }, () => inventory.load());
}

function messageOf(state: InventoryState | undefined, selection: SelectionModel): string {
  if (!state) return '';
  const names = state.index.inventory.nodes.map((node) => node.name);
  return treeMessage({
    trusted: vscode.workspace.isTrusted,
    ticked: matchTicks(selection.ticks, names).present,
    problems: state.problems,
    shownAsOf: state.shownAsOf,
  });
}

/** Ticks of nodes that a good inventory no longer has would run on nothing and never be seen. */
function dropGone(state: InventoryState, selection: SelectionModel): void {
  if (state.problems.length > 0) return;
  const names = state.index.inventory.nodes.map((node) => node.name);
  const { present, gone } = matchTicks(selection.ticks, names);
  if (gone.length > 0) selection.replace(present);
}

function whereItRuns({ extension }: vscode.ExtensionContext): string {
  return keysAndNetwork({
    remoteName: vscode.env.remoteName,
    inWorkspace: extension.extensionKind === vscode.ExtensionKind.Workspace,
    hostName: os.hostname(),
  });
}
