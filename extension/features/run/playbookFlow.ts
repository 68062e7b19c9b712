import * as vscode from 'vscode';
import { readPlaybook, readTask } from '../../../core/playbook/read/readPlaybook.ts';
import type { PlaybookAction } from '../../../core/run/action.ts';
import { plainText } from '../../model/plain.ts';
import { showRefusal } from '../showRefusal.ts';
import { askParams, type Wanted } from './askParams.ts';
import type { ChosenTargets } from './chooseTargets.ts';
import { chooseWhere, loadWhere, previewAndStart, requestFor, type RunDeps } from './runFlow.ts';

/** Runs a playbook or task: the file that the command was called on, the one in the editor, or one that is chosen. */
export async function runPlaybook(deps: RunDeps, [clicked]: readonly unknown[]): Promise<void> {
  const file = clicked instanceof vscode.Uri ? clicked : (inEditor() ?? (await choose()));
  if (!file) return;
  const document = await vscode.workspace.openTextDocument(file);
  // What runs is what is on disk, and a person means what they see.
  if (document.isDirty && !(await document.save())) return;
  const read = isTask(file) ? readTask(document.getText()) : readPlaybook(document.getText());
  if (!read.value) {
    const message = `${nameOf(file)} has errors: nothing in it can run until they are mended.`;
    return showRefusal({ code: 'INPUT_INVALID', message });
  }
  const { value } = read;
  const own = 'targets' in value && value.targets !== undefined;
  const where = own ? await loadWhere(deps, () => Promise.resolve(ownTargets)) : await chooseWhere(deps, []);
  if (!where) return;
  const wanted: Wanted = {
    params: value.params ?? new Map(),
    secrets: ('secrets' in value ? value.secrets : undefined) ?? new Map(),
  };
  const given = await askParams(`Run ${nameOf(file)}`, wanted);
  if (!given) return;
  const action: PlaybookAction = {
    type: 'playbook',
    file: file.fsPath,
    params: given.params,
    withheld: Object.keys(given.secrets).filter((name) => !wanted.secrets.has(name)),
  };
  const request = requestFor(deps.settings, { ...where, action });
  const { inventory } = where;
  await previewAndStart(deps, { request, settings: {}, inventory, secrets: given.secrets, step: 'only' });
}

/** The file says itself where it runs. */
const ownTargets: ChosenTargets = { expression: '', nodes: [] };

function inEditor(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && /\.(?:playbook|task)\.ya?ml$/.test(uri.path) ? uri : undefined;
}

/** One of the playbooks and tasks of the workspace. */
async function choose(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles('**/*.{playbook,task}.yaml', '**/node_modules/**', 500);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(
      'No playbook here yet. One is a file whose name ends in .playbook.yaml; tasks end in .task.yaml.',
    );
    return undefined;
  }
  const items = found
    .map((uri) => ({ label: nameOf(uri), description: plainText(vscode.workspace.asRelativePath(uri)), uri }))
    .toSorted((a, b) => a.description.localeCompare(b.description));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Run Playbook',
    matchOnDescription: true,
  });
  return picked?.uri;
}

function isTask({ path }: vscode.Uri): boolean {
  return /\.task\.ya?ml$/.test(path);
}

function nameOf({ path }: vscode.Uri): string {
  return plainText(path.split('/').at(-1) ?? path);
}
