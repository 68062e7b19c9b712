import * as vscode from 'vscode';
import type { Action } from '../../../core/run/action.ts';
import { wordsOf } from '../../../core/util/words.ts';
import { previewTitle } from '../../model/previewText.ts';
import { chooseWhere, previewAndStart, requestFor, type RunDeps } from './runFlow.ts';

/** Runs a script of this machine on nodes: the one that the command was called on, else one that a person chooses. */
export async function runScript(deps: RunDeps, args: readonly unknown[]): Promise<void> {
  const [file] = filesIn(args).length > 0 ? filesIn(args) : await choose({ title: 'Script to Run on Nodes' });
  if (!file) return;
  await askAndStart(deps, async (title) => {
    const words = await vscode.window.showInputBox({
      title,
      prompt: `Arguments of ${nameOf(file)}, separated by spaces; quote those with spaces. Enter alone: none.`,
      ignoreFocusOut: true,
    });
    return words === undefined ? undefined : { type: 'script', file: file.fsPath, args: wordsOf(words) };
  });
}

/** Copies files and folders of this machine to nodes. */
export async function copyFiles(deps: RunDeps, args: readonly unknown[]): Promise<void> {
  const files =
    filesIn(args).length > 0 ? filesIn(args) : await choose({ title: 'Files to Copy to Nodes', many: true });
  if (files.length === 0) return;
  await askAndStart(deps, async (title) => {
    const to = await vscode.window.showInputBox({
      title,
      prompt: `Where to on the nodes: a folder if it ends with /. {node} is the name of the node.`,
      placeHolder: '/etc/app/',
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' ? 'Write a path on the nodes, such as /etc/app/.' : undefined,
    });
    return to === undefined
      ? undefined
      : { type: 'copy', from: files.map(({ fsPath }) => fsPath), to: to.trim() };
  });
}

/** Fetches files and folders from nodes, each node's into a folder of its own. */
export async function fetchFiles(deps: RunDeps): Promise<void> {
  await askAndStart(deps, async (title) => {
    const from = await vscode.window.showInputBox({
      title,
      prompt: 'What to fetch: paths on the nodes, separated by spaces; quote those with spaces.',
      placeHolder: '/var/log/syslog /etc/nginx',
      ignoreFocusOut: true,
      validateInput: (text) =>
        wordsOf(text).length === 0 ? 'Write a path, such as /var/log/syslog.' : undefined,
    });
    if (from === undefined) return undefined;
    const [folder] = await choose({ title: 'Folder in Which Each Node Gets Its Own', folder: true });
    return folder && { type: 'fetch', from: wordsOf(from), to: folder.fsPath };
  });
}

type Ask = (title: string) => Promise<Action | undefined>;

/** Chooses the nodes, asks what to do, and starts what the preview shows; going back asks again. */
async function askAndStart(deps: RunDeps, ask: Ask): Promise<void> {
  const where = await chooseWhere(deps, []);
  if (!where) return;
  const { targets, inventory } = where;
  for (;;) {
    const action = await ask(previewTitle(targets.nodes));
    if (!action) return;
    const request = requestFor(deps.settings, { action, targets, inventory });
    if ((await previewAndStart(deps, { request, settings: {}, inventory, step: 'second' })) !== 'back')
      return;
  }
}

type Choice = { readonly title: string; readonly many?: true; readonly folder?: true };

async function choose({ title, many, folder }: Choice): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: 'Choose',
    canSelectFiles: folder !== true,
    canSelectFolders: folder === true,
    canSelectMany: many === true,
  });
  return chosen ?? [];
}

/** What the explorer gives: the file that was clicked on, and all that are selected. */
function filesIn([clicked, selected]: readonly unknown[]): readonly vscode.Uri[] {
  const all: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return all.filter((each) => each instanceof vscode.Uri && each.scheme === 'file') as vscode.Uri[];
}

function nameOf({ path }: vscode.Uri): string {
  return path.split('/').at(-1) ?? path;
}
