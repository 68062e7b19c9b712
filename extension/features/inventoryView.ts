import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { inventoryViewId } from '../commandIds.ts';
import type { RowContext } from '../model/rows.ts';
import { setOf } from '../model/expression.ts';
import { filterLine } from '../model/filter.ts';
import { isWhole, matchTicks, type TickChange, viaSets } from '../model/ticks.ts';
import { inventoryTree, isBareFolder, sourceLabel, type TreeElement } from '../model/tree.ts';
import { plainText } from '../model/plain.ts';
import { treeMessage } from '../model/treeMessage.ts';
import { treeModes } from '../model/treeMode.ts';
import { keysAndNetwork } from '../model/whereItRuns.ts';
import { coalesce } from '../services/coalesce.ts';
import { trackNodeRows } from '../services/nodeRows.ts';
import type { InventoryState, InventoryStore } from '../services/inventoryStore.ts';
import type { Outcomes } from '../services/outcomes.ts';
import type { Reaches } from '../services/reaches.ts';
import type { RuleState } from '../services/ruleState.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import { setContext } from '../services/setContext.ts';
import type { ViewState } from '../services/viewState.ts';
import { treeItem, withTooltip } from './inventoryItem.ts';
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
  readonly rules: RuleState;
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
    deps.rules.onDidChange(rows.tell),
    vscode.workspace.onDidGrantWorkspaceTrust(rows.repaint),
    view.onDidChangeVisibility(({ visible }) => {
      inventory.setVisible(visible);
      if (visible) rows.repaint();
    }),
    view.onDidChangeCheckboxState(({ items }) => {
      const { state } = inventory;
      if (state) selection.change(items.map((item) => tickOf(item, state)));
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

type Rows = Disposable & {
  readonly view: vscode.TreeView<TreeElement>;
  /** Makes the rows anew, from the inventory and how it is looked at. */
  rebuild(): void;
  /** Says above the rows what there is to say. */
  tell(): void;
  /** Asks VS Code for all rows again, a little later. A click until they come may be lost: only where rows change. */
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
    resolveTreeItem: (item, element) =>
      withTooltip(item, element, { state: rowContext(deps), pages: deps.pages }),
  };
  const view = createView(provider, deps.drop);
  // A parent's box is not painted again when only the parent is refreshed (microsoft/vscode-pull-request-github#8584).
  const tell = (): void => {
    view.message = messageOf(deps);
  };
  const repaint = coalesce(repaintMs, () => {
    tell();
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
      const index = inventory.state?.index;
      elements = index && !isBareFolder(index) ? inventoryTree(index, { mode, only: filter?.nodes }) : [];
      nodeRows.clear();
      for (const each of treeModes) setContext(`muster.view.${each}`, each === mode);
      setContext('muster.filtered', filter !== undefined);
      repaint();
    },
    tell,
    repaint,
    recolour(nodes) {
      nodeRows.markStale(nodes);
      recolour();
    },
    dispose: () => [view, changed, repaint, recolour].forEach((each) => each.dispose()),
  };
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
  const via: RowContext['via'] = (node) => (index ? viaSets(node, selection.ticked, index) : []);
  return { ticks: selection.ticks, outcomes: outcomes.last, reaches: reaches.last, via, now: Date.now() };
}

function loadWithProgress(inventory: InventoryStore): Thenable<InventoryState> {
  return vscode.window.withProgress({ location: { viewId: inventoryViewId } }, () => inventory.load());
}

function messageOf({ inventory, selection, viewState, rules }: InventoryViewDeps): string {
  const { state } = inventory;
  // The welcome text comes only where there is no message.
  if (!state || (isBareFolder(state.index) && state.problems.length === 0)) return '';
  const names = state.index.inventory.nodes.map((node) => node.name);
  const ticked = matchTicks(selection.ticks, names).present;
  const { filter } = viewState;
  return treeMessage({
    trusted: vscode.workspace.isTrusted,
    ticked,
    problems: state.problems,
    shownAsOf: state.shownAsOf,
    closed: rules.state?.closed.map(({ message }) => plainText(message)) ?? [],
    foldersOnly: state.index.inventory.sources.every(({ type }) => type === 'folders'),
    held: state.index.inventory.sources.filter(({ status }) => status === 'held').map(sourceLabel),
    ...(filter && { filter: filterLine(filter.text, { shown: filter.nodes, all: names.length, ticked }) }),
  });
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
