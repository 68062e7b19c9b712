import * as vscode from 'vscode';
import type { JournalEntry } from '../../core/journal/entry.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { type CommandId, journalViewId } from '../commandIds.ts';
import { journalRow } from '../model/journalRow.ts';
import { themeColor } from '../model/looks.ts';
import { plainText } from '../model/plain.ts';
import type { Journals } from '../services/journals.ts';
import { setContext } from '../services/setContext.ts';

export type JournalView = Disposable & {
  /** Shows the journal of a node. */
  show(node: string): Promise<void>;
  /** The node whose journal is shown. */
  readonly node: string | undefined;
  /** Shows entries that are further back. */
  more(): void;
};

/** Entries that are shown at first, and that are added each time more are asked for. */
const step = 100;
const most = 1000;

type Row = JournalEntry | 'more' | { readonly message: string };

/** The journal of one node; the view is there once somebody has asked for it. */
export function showJournalView(journals: Journals): JournalView {
  const changed = new vscode.EventEmitter<undefined>();
  let node: string | undefined;
  let shown = step;
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    async getChildren(element) {
      if (element || node === undefined) return [];
      const page = await journals.read(node, shown);
      if (!page.ok) return [{ message: page.error.message }];
      const { entries, more } = page.value;
      if (entries.length === 0) return [{ message: 'Nothing has happened to this node yet.' }];
      return more && shown < most ? [...entries, 'more'] : entries.slice();
    },
    getTreeItem: treeItem,
  };
  const view = vscode.window.createTreeView(journalViewId, { treeDataProvider: provider });
  const listener = journals.onDidChange((nodes) => {
    if (view.visible && node !== undefined && nodes.includes(node)) changed.fire(undefined);
  });
  return {
    get node() {
      return node;
    },
    async show(wanted) {
      node = wanted;
      shown = step;
      view.description = plainText(wanted);
      setContext('muster.journalShown', true);
      changed.fire(undefined);
      await vscode.commands.executeCommand(`${journalViewId}.focus`);
    },
    more() {
      shown = Math.min(most, shown + step);
      changed.fire(undefined);
    },
    dispose: () => [view, changed, listener].forEach((each) => each.dispose()),
  };
}

function treeItem(row: Row): vscode.TreeItem {
  if (row === 'more') return moreItem();
  if ('message' in row) return new vscode.TreeItem(plainText(row.message));
  const { label, description, icon, family, tooltip } = journalRow(row, Date.now());
  const item = new vscode.TreeItem(label);
  item.id = row.id;
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(themeColor[family]));
  item.accessibilityInformation = { label: `${row.level}, ${label}, ${description}` };
  if (row.link) {
    const open: CommandId = 'muster.openBatch';
    item.command = { command: open, title: 'Open Batch', arguments: [row.link.batch] };
  }
  return item;
}

function moreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem('Show more');
  const more: CommandId = 'muster.moreJournal';
  item.command = { command: more, title: 'Show More' };
  item.iconPath = new vscode.ThemeIcon('chevron-down');
  return item;
}
