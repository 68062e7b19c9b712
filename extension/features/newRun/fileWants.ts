import * as vscode from 'vscode';
import type { RunForm } from '../../../core/run/form/form.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { type ReadWants, wantsOf } from '../../model/playbookFile.ts';

/** What the task or playbook of a form wants, as it is on the disk: what runs is what is there. Undefined where none is chosen. */
export async function fileWants({ kind, file }: RunForm): Promise<ReadWants | undefined> {
  if ((kind !== 'task' && kind !== 'playbook') || file.trim() === '') return undefined;
  return readWants(file.trim());
}

/** What a file wants, or why nothing in it runs. */
export async function readWants(file: string): Promise<ReadWants> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.file(file));
    return wantsOf(file, new TextDecoder().decode(bytes));
  } catch (error) {
    return { ok: false, message: `${file} can not be read: ${messageOf(error)}` };
  }
}

/** The editor in which a file has changes that are not on the disk. */
export function unsaved(file: string): vscode.TextDocument | undefined {
  const { fsPath } = vscode.Uri.file(file);
  return vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === fsPath,
  );
}
