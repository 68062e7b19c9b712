import * as vscode from 'vscode';
import type { Disposable } from '../../../core/util/emitter.ts';
import { historyViewId } from '../../commandIds.ts';
import type { HistoryElement } from '../../model/historyElement.ts';
import { filterMessage, filterText } from '../../model/historyFilter.ts';
import { plainText } from '../../model/plain.ts';
import type { BatchStore } from '../../services/batchStore.ts';
import { coalesce } from '../../services/coalesce.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import { createHistoryElements } from '../../services/historyElements.ts';
import { firstExecutions } from '../../services/historyPages.ts';
import { createHistoryState, type HistoryState } from '../../services/historyState.ts';
import { setContext } from '../../services/setContext.ts';
import { batchTooltip, historyItem } from './historyItem.ts';

export type HistoryView = Disposable & {
  readonly state: HistoryState;
  /** The rows that are highlighted. */
  readonly highlighted: readonly HistoryElement[];
  refresh(): Promise<void>;
  /** Shows more below a row that says that there is more. */
  showMore(element: HistoryElement): Promise<void>;
};

export type HistoryViewDeps = {
  readonly link: EngineLink;
  readonly batches: BatchStore;
  readonly log: vscode.LogOutputChannel;
};

/** Milliseconds between two looks at what batches of this engine do. */
const settleMs = 1000;
/** Milliseconds between two looks at what command lines and other windows have done. */
const lookMs = 5000;
const executionsStep = 100;

/** All batches, newest first, by day. The engine is asked only while somebody looks. */
export function showHistoryView({ link, batches, log }: HistoryViewDeps): HistoryView {
  const state = createHistoryState(link, tell);
  const rows = provideRows(link, state);
  const view = vscode.window.createTreeView(historyViewId, {
    treeDataProvider: rows.provider,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const isLookedAt = (): boolean => view.visible && state.history !== undefined;
  const look = (): void => {
    if (isLookedAt()) state.refresh().catch((error) => log.error(String(error)));
  };
  const soon = coalesce(settleMs, look);
  const timer = setInterval(() => vscode.window.state.focused && look(), lookMs);
  const owned: Disposable[] = [
    view,
    rows,
    soon,
    { dispose: () => clearInterval(timer) },
    batches.onDidChange(soon),
    link.onGone(soon),
    link.onAttached(soon),
    view.onDidChangeVisibility(soon),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && soon()),
    state.onDidChange((history) => {
      rows.take();
      setContext('muster.historyFiltered', filterText(state.filter) !== '');
      const message = plainText(filterMessage(state.filter, history.found));
      if (view.message !== message) view.message = message;
    }),
  ];
  return {
    state,
    get highlighted() {
      return view.selection;
    },
    refresh: async () =>
      vscode.window.withProgress({ location: { viewId: historyViewId } }, () => state.refresh()),
    showMore: rows.showMore,
    dispose: () => owned.forEach((each) => each.dispose()),
  };
}

function tell(note: string): void {
  void vscode.window.showWarningMessage(plainText(note));
}

type ProvidedRows = Disposable & {
  readonly provider: vscode.TreeDataProvider<HistoryElement>;
  /** Takes the history as it is now, and has drawn again what has changed. */
  take(): void;
  showMore(element: HistoryElement): Promise<void>;
};

function provideRows(link: EngineLink, state: HistoryState): ProvidedRows {
  const changed = new vscode.EventEmitter<HistoryElement[] | undefined>();
  const elements = createHistoryElements();
  const shown = new Map<string, number>();
  let isAwaited = false;

  const top = async (): Promise<readonly HistoryElement[]> => {
    isAwaited = true;
    try {
      const location = { viewId: historyViewId };
      if (!state.history) await vscode.window.withProgress({ location }, () => state.refresh());
    } finally {
      isAwaited = false;
    }
    return elements.top;
  };
  const below = async (element: HistoryElement): Promise<readonly HistoryElement[]> => {
    if (element.kind === 'day') return element.batches;
    if (element.kind !== 'batch') return [];
    const found = await firstExecutions(link, element.id, shown.get(element.id) ?? executionsStep);
    if (found.ok) return elements.executions(element, found.value);
    return [{ kind: 'problem', key: `${element.key}/problem`, text: found.error.message }];
  };

  return {
    provider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (element) => [...(element ? await below(element) : await top())],
      getTreeItem: historyItem,
      resolveTreeItem: async (item, element) => {
        if (element.kind === 'batch') item.tooltip = await batchTooltip(link, element);
        return item;
      },
    },
    take() {
      if (!state.history) return;
      const rows = elements.take(state.history, Date.now());
      if (!isAwaited && rows?.length !== 0) changed.fire(rows && [...rows]);
    },
    async showMore(element) {
      if (element.kind !== 'more') return;
      if (!element.batch) return state.showMore();
      shown.set(element.batch.id, (shown.get(element.batch.id) ?? executionsStep) + executionsStep);
      changed.fire([element.batch]);
    },
    dispose: () => changed.dispose(),
  };
}
