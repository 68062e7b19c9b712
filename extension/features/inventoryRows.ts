import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { inventoryViewId } from '../commandIds.ts';
import { type RowContext, rowOf } from '../model/rows.ts';
import { filterLine } from '../model/filter.ts';
import { matchTicks, viaSets } from '../model/ticks.ts';
import { inventoryTree, isBareFolder, sourceLabel, type TreeElement } from '../model/tree.ts';
import { plainText } from '../model/plain.ts';
import { treeMessage } from '../model/treeMessage.ts';
import { treeModes } from '../model/treeMode.ts';
import { coalesce } from '../services/coalesce.ts';
import { type DrawnRows, trackDrawnRows } from '../services/drawnRows.ts';
import type { InventoryState, InventoryStore } from '../services/inventoryStore.ts';
import type { Outcomes } from '../services/outcomes.ts';
import type { Reaches } from '../services/reaches.ts';
import type { RuleState } from '../services/ruleState.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import type { ViewState } from '../services/viewState.ts';
import { setContext } from '../services/setContext.ts';
import { treeItem, withTooltip } from './inventoryItem.ts';
import type { NodePages } from './nodePages.ts';

export type InventoryRowsDeps = {
  readonly viewState: ViewState;
  readonly reaches: Reaches;
  readonly pages: NodePages;
  readonly drop: vscode.TreeDragAndDropController<TreeElement>;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
  readonly outcomes: Outcomes;
  readonly rules: RuleState;
};

/** Outcomes of a thousand nodes come within seconds; their colours may come a little later. */
const recolourMs = 1000;

/** The rows of the inventory, and the text above them. */
export type InventoryRows = Disposable & {
  readonly view: vscode.TreeView<TreeElement>;
  /** Makes the rows anew, where the inventory or how it is looked at has changed. */
  rebuild(): void;
  /** Says above the rows what there is to say. */
  tell(): void;
  /** Has those rows drawn again that look different now. */
  redraw(): void;
  touched(elements: readonly TreeElement[]): void;
  /** The same for the rows of these nodes, a little later. */
  recolour(nodes: readonly string[]): void;
};

export function showInventoryRows(deps: InventoryRowsDeps): InventoryRows {
  const { viewState } = deps;
  const drawn = trackDrawnRows();
  const rows = provideRows(deps, drawn);
  const view = createView(rows.provider, deps.drop);
  const stale = new Set<string>();
  const tell = (): void => {
    const message = messageOf(deps);
    if (message !== view.message) view.message = message;
  };
  const look = (): ((element: TreeElement) => unknown) => {
    const context = rowContext(deps);
    return (element) => rowOf(element, context);
  };
  // At once: a person who has just clicked does not click again so soon. The message after it: VS Code tells the first
  // of two changes at once and keeps the second back for a fifth of a second.
  const redraw = (): void => {
    if (view.visible) rows.draw(() => drawn.changed(look()));
    tell();
  };
  const recolour = coalesce(recolourMs, () => {
    const changed = drawn.changed(look(), new Set(stale));
    stale.clear();
    if (view.visible) rows.draw(() => changed);
  });
  return {
    view,
    rebuild() {
      rows.renew();
      for (const each of treeModes) setContext(`muster.view.${each}`, each === viewState.mode);
      setContext('muster.filtered', viewState.filter !== undefined);
      redraw();
    },
    tell,
    redraw,
    touched: drawn.touched,
    recolour(nodes) {
      for (const node of nodes) stale.add(node);
      recolour();
    },
    dispose: () => [view, rows, recolour].forEach((each) => each.dispose()),
  };
}

type ProvidedRows = Disposable & {
  readonly provider: vscode.TreeDataProvider<TreeElement>;
  /** Makes the rows anew where they are others now. */
  renew(): void;
  /** Tells VS Code to ask again: for all rows where they are others, else for those that look different. */
  draw(changed: () => TreeElement[]): void;
};

function provideRows(deps: InventoryRowsDeps, drawn: DrawnRows): ProvidedRows {
  const { inventory } = deps;
  const changed = new vscode.EventEmitter<TreeElement[] | undefined>();
  let elements: readonly TreeElement[] = [];
  let madeFrom: readonly unknown[] = [];
  /** How many times VS Code waits for the rows at the top now: then it has not to be told to ask for them. */
  let waits = 0;
  let isStale = false;
  const top = async (): Promise<TreeElement[]> => {
    waits++;
    try {
      if (!inventory.state) await loadWithProgress(inventory);
    } finally {
      waits--;
    }
    isStale = false;
    return [...elements];
  };
  return {
    provider: {
      onDidChangeTreeData: changed.event,
      getChildren: (element) => (element ? [...element.children()] : top()),
      getTreeItem: (element) => {
        const row = rowOf(element, rowContext(deps));
        drawn.drawn(element, row);
        return treeItem(element, row);
      },
      resolveTreeItem: (item, element) =>
        withTooltip(item, element, { state: rowContext(deps), pages: deps.pages }),
    },
    renew() {
      const { mode, filter } = deps.viewState;
      const index = inventory.state?.index;
      const from = [index, mode, filter?.nodes];
      if (from.every((each, at) => each === madeFrom[at])) return;
      madeFrom = from;
      elements = index && !isBareFolder(index) ? inventoryTree(index, { mode, only: filter?.nodes }) : [];
      isStale = true;
      drawn.clear();
    },
    draw(look) {
      if (waits > 0) return;
      const rows = isStale ? undefined : look();
      isStale = false;
      if (rows?.length !== 0) changed.fire(rows);
    },
    dispose: () => changed.dispose(),
  };
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

function rowContext({ selection, outcomes, reaches, inventory }: InventoryRowsDeps): RowContext {
  const index = inventory.state?.index;
  const via: RowContext['via'] = (node) => (index ? viaSets(node, selection.ticked, index) : []);
  return { ticks: selection.ticks, outcomes: outcomes.last, reaches: reaches.last, via, now: Date.now() };
}

function loadWithProgress(inventory: InventoryStore): Thenable<InventoryState> {
  return vscode.window.withProgress({ location: { viewId: inventoryViewId } }, () => inventory.load());
}

function messageOf({ inventory, selection, viewState, rules }: InventoryRowsDeps): string {
  const { state } = inventory;
  // The welcome text comes only where there is no message.
  if (!state || (isBareFolder(state.index) && state.problems.length === 0)) return '';
  const names = state.index.inventory.nodes.map((node) => node.name);
  const ticked = matchTicks(selection.ticks, names).present;
  const { filter } = viewState;
  return treeMessage({
    trusted: vscode.workspace.isTrusted,
    ticked: names.length === 0 ? undefined : ticked,
    problems: state.problems,
    shownAsOf: state.shownAsOf,
    closed: rules.state?.closed.map(({ message }) => plainText(message)) ?? [],
    foldersOnly: state.index.inventory.sources.every(({ type }) => type === 'folders'),
    held: state.index.inventory.sources.filter(({ status }) => status === 'held').map(sourceLabel),
    ...(filter && { filter: filterLine(filter.text, { shown: filter.nodes, all: names.length, ticked }) }),
  });
}
