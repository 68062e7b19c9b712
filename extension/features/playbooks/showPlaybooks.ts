import * as vscode from 'vscode';
import type { Disposable } from '../../../core/util/emitter.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { playbooksViewId } from '../../commandIds.ts';
import { inRows, type PlaybookFile, playbookRow } from '../../model/playbookRow.ts';
import { restrictedSentence } from '../../model/treeMessage.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import { createPlaybookFiles, type PlaybookFiles } from '../../services/playbookFiles.ts';
import { type PlanDocuments, providePlanDocuments } from '../planDocuments.ts';

export type Playbooks = Disposable & { readonly playbooks: PlaybookFiles; readonly plans: PlanDocuments };

/** Playbooks and tasks of the workspace as a tree. They are looked for when somebody looks at it. */
export function showPlaybooks(link: Pick<EngineLink, 'client'>): Playbooks {
  const playbooks = createPlaybookFiles(link);
  const plans = providePlanDocuments();
  const view = vscode.window.createTreeView(playbooksViewId, {
    treeDataProvider: {
      onDidChangeTreeData: playbooks.onDidChange,
      getTreeItem: itemOf,
      getChildren: (element) => (element ? [] : rows()),
    },
  });
  const say = (message: string): void => {
    if (view.message !== message) view.message = message;
  };
  async function rows(): Promise<PlaybookFile[]> {
    try {
      const { files, isCut } = await playbooks.list();
      const isHeld = files.length > 0 && !vscode.workspace.isTrusted;
      say(isHeld ? restrictedSentence : isCut ? `The first ${files.length} files are listed.` : '');
      return [...inRows(files)];
    } catch (error) {
      say(`The playbooks could not be read: ${messageOf(error)} Refresh looks again.`);
      return [];
    }
  }
  const owned = [
    playbooks,
    plans,
    view,
    vscode.workspace.onDidGrantWorkspaceTrust(() => playbooks.refresh()),
  ];
  return { playbooks, plans, dispose: () => owned.forEach((each) => each.dispose()) };
}

function itemOf(file: PlaybookFile): vscode.TreeItem {
  const { label, description, tooltip, icon, context, spoken } = playbookRow(file);
  const uri = vscode.Uri.file(file.file);
  const item = new vscode.TreeItem(label);
  item.id = uri.toString();
  item.resourceUri = uri;
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath =
    icon === 'error'
      ? new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'))
      : new vscode.ThemeIcon(icon);
  item.contextValue = context;
  item.accessibilityInformation = { label: spoken };
  item.command = { title: 'Open', command: 'vscode.open', arguments: [uri] };
  return item;
}
