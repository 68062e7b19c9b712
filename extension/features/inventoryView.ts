import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { inventoryViewId } from '../commandIds.ts';
import { type RowContext, rowOf } from '../model/rows.ts';
import { filterLine } from '../model/filter.ts';
import { tooltipLines } from '../model/nodePage.ts';
import { matchTicks, type TickChange, viaGroups } from '../model/ticks.ts';
import { inventoryTree, sourceLabel, type TreeElement } from '../model/tree.ts';
import { treeMessage } from '../model/treeMessage.ts';
import { treeModes } from '../model/treeMode.ts';
import { keysAndNetwork } from '../model/whereItRuns.ts';
import { coalesce } from '../services/coalesce.ts';
import { trackNodeRows } from '../services/nodeRows.ts';
import type { InventoryState, InventoryStore } from '../services/inventoryStore.ts';
import type { Outcomes } from '../services/outcomes.ts';
import type { Reaches } from '../services/reaches.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import type { ViewState } from '../services/viewState.ts';
import type { NodePages } from './nodePages.ts';

export type InventoryView = Disposable & {
  /** The rows that are highlighted, which is not the same as ticked. */
  readonly highlighted: readonly TreeElement[];
  setBadge(badge: vscode.ViewBadge | undefined): void;
};

export type InventoryViewDeps = {
  readonly context: vscode.ExtensionContext;
  readonly viewState: ViewState;
  readonly reaches: Reaches;
  readonly pages: NodePages;
  readonly drop: vscode.TreeDragAndDropController<TreeElement>;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
  readonly outcomes: Outcomes;
};

const repaintMs = 250;
/** Outcomes of a thousand nodes come within seconds; their colours may come a little later. */
const recolourMs = 1000;

export function showInventoryView(deps: InventoryViewDeps): InventoryView {
  const { inventory, selection, outcomes, viewState, reaches } = deps;
  const rows = showRows(deps);
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
    selection.onDidChange(rows.repaint),
    vscode.workspace.onDidGrantWorkspaceTrust(rows.repaint),
    view.onDidChangeVisibility(({ visible }) => {
      inventory.setVisible(visible);
      if (visible) rows.repaint();
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

type Rows = Disposable & {
  readonly view: vscode.TreeView<TreeElement>;
  /** Makes the rows anew, from the inventory and how it is looked at. */
  rebuild(): void;
  /** Asks VS Code for all rows again, a little later. */
  repaint(): void;
  /** Asks for the rows of these nodes again, still later. */
  recolour(nodes: readonly string[]): void;
};

function showRows(deps: InventoryViewDeps): Rows {
  const { inventory, viewState } = deps;
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
    resolveTreeItem: async (item, element) => {
      if (element.kind === 'node') item.tooltip = await nodeTooltip(element.label, item.tooltip, deps.pages);
      return item;
    },
  };
  const view = createView(provider, deps.drop);
  // A parent's box is not painted again when only the parent is refreshed (microsoft/vscode-pull-request-github#8584).
  const repaint = coalesce(repaintMs, () => {
    view.message = messageOf(deps);
    if (view.visible) changed.fire(undefined);
  });
  const recolour = coalesce(recolourMs, () => {
    const rows = nodeRows.takeStale();
    if (view.visible && rows.length > 0) changed.fire(rows);
  });
  return {
    view,
    rebuild() {
      const { mode, filter } = viewState;
      elements = inventory.state ? inventoryTree(inventory.state.index, { mode, only: filter?.nodes }) : [];
      nodeRows.clear();
      for (const each of treeModes) setContext(`muster.view.${each}`, each === mode);
      setContext('muster.filtered', filter !== undefined);
      repaint();
    },
    repaint,
    recolour(nodes) {
      nodeRows.markStale(nodes);
      recolour();
    },
    dispose: () => [view, changed, repaint, recolour].forEach((each) => each.dispose()),
  };
}

function tickOf([element, state]: readonly [TreeElement, vscode.TreeItemCheckboxState]): TickChange {
  const ticked = state === vscode.TreeItemCheckboxState.Checked;
  return { names: element.nodes, ticked, ...(element.kind === 'group' && { group: element.label }) };
}

function createView(
  provider: vscode.TreeDataProvider<TreeElement>,
  dragAndDropController: vscode.TreeDragAndDropController<TreeElement>,
): vscode.TreeView<TreeElement> {
  return vscode.window.createTreeView(inventoryViewId, {
    treeDataProvider: provider,
    canSelectMany: true,
    manageCheckboxStateManually: true,
    dragAndDropController,
  });
}

function rowContext({ selection, outcomes, reaches, inventory }: InventoryViewDeps): RowContext {
  const index = inventory.state?.index;
  const via = (node: string): readonly string[] => (index ? viaGroups(node, selection.ticked, index) : []);
  return { ticks: selection.ticks, outcomes: outcomes.last, reaches: reaches.last, via, now: Date.now() };
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

function messageOf({ inventory, selection, viewState }: InventoryViewDeps): string {
  const { state } = inventory;
  if (!state) return '';
  const names = state.index.inventory.nodes.map((node) => node.name);
  const ticked = matchTicks(selection.ticks, names).present;
  const { filter } = viewState;
  return treeMessage({
    trusted: vscode.workspace.isTrusted,
    ticked,
    problems: state.problems,
    shownAsOf: state.shownAsOf,
    held: state.index.inventory.sources.filter(({ status }) => status === 'held').map(sourceLabel),
    ...(filter && { filter: filterLine(filter.text, { shown: filter.nodes, all: names.length, ticked }) }),
  });
}

/** The row's own lines, then the connection and vars with their places. */
async function nodeTooltip(
  name: string,
  known: vscode.TreeItem['tooltip'],
  pages: NodePages,
): Promise<vscode.TreeItem['tooltip']> {
  const detail = await pages.detail(name);
  if (!detail.ok || typeof known !== 'string') return known;
  return [known, '', ...tooltipLines(detail.value)].join('\n');
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

/** Ticks of nodes that a good inventory no longer has would run on nothing and never be seen. */
function dropGone(state: InventoryState, selection: SelectionModel): void {
  if (state.problems.length > 0) return;
  const names = state.index.inventory.nodes.map((node) => node.name);
  const { present, gone } = matchTicks(selection.ticks, names);
  const own = present.filter((name) => selection.ticked.nodes.has(name));
  if (gone.length > 0) selection.replace(own, selection.ticked.groups);
}

function whereItRuns({ extension }: vscode.ExtensionContext): string {
  return keysAndNetwork({
    remoteName: vscode.env.remoteName,
    inWorkspace: extension.extensionKind === vscode.ExtensionKind.Workspace,
    hostName: os.hostname(),
  });
}
