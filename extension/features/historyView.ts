import * as vscode from 'vscode';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { type CommandId, historyViewId } from '../commandIds.ts';
import { lookOfBatch, themeColor } from '../model/looks.ts';
import { batchName, historyDescription, shortTitle } from '../model/titles.ts';
import type { BatchStore } from '../services/batchStore.ts';
import { coalesce } from '../services/coalesce.ts';
import type { EngineLink } from '../services/engineLink.ts';

export type HistoryView = Disposable & { refresh(): void };

const repaintMs = 1000;
const labelLength = 32;

/** All batches of the engine, newest first. Asks it only while the view is visible. */
export function showHistoryView(link: EngineLink, batches: BatchStore): HistoryView {
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<BatchSummary> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (element) => (element ? [] : summaries(link)),
    getTreeItem: treeItem,
  };
  const view = vscode.window.createTreeView(historyViewId, { treeDataProvider: provider });
  const refresh = coalesce(repaintMs, () => {
    if (view.visible) changed.fire(undefined);
  });
  const owned: Disposable[] = [
    view,
    changed,
    refresh,
    batches.onDidChange(refresh),
    link.onGone(refresh),
    view.onDidChangeVisibility(refresh),
  ];
  return { refresh, dispose: () => owned.forEach((each) => each.dispose()) };
}

async function summaries(link: EngineLink): Promise<BatchSummary[]> {
  const client = await link.client();
  return client.ok ? [...(await client.value.batches())] : [];
}

function treeItem(batch: BatchSummary): vscode.TreeItem {
  const look = lookOfBatch(batch.status);
  const running = batch.status === 'running';
  const item = new vscode.TreeItem(shortTitle(batch.title, labelLength));
  item.id = batch.id;
  item.description = historyDescription(batch, Date.now());
  item.tooltip = `${batch.title}\n${look.word}, ${batchName(batch.id)}`;
  item.contextValue = running ? 'batch.running' : 'batch.ended';
  item.iconPath = new vscode.ThemeIcon(
    running ? 'loading~spin' : look.icon,
    new vscode.ThemeColor(themeColor[look.family]),
  );
  item.accessibilityInformation = {
    label: `${batch.title}, ${look.word}, ${batch.completed} of ${batch.nodes} completed, ${batch.failures} failed`,
  };
  const open: CommandId = 'muster.openBatch';
  item.command = { command: open, title: 'Open Batch', arguments: [batch.id] };
  return item;
}
