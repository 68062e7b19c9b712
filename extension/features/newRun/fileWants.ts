import * as vscode from 'vscode';
import type { FileWants } from '../../../core/protocol/newRunFiles.ts';
import type { RunForm } from '../../../core/run/form/form.ts';
import type { Result } from '../../../core/util/errors.ts';
import type { EngineLink } from '../../services/engineLink.ts';

type Deps = { readonly link: Pick<EngineLink, 'client'> };

/** What the task or playbook of a form wants, as it is on the disk: what runs is what is there. Undefined where none is chosen. */
export async function fileWants({ kind, file }: RunForm, deps: Deps): Promise<Result<FileWants> | undefined> {
  if ((kind !== 'task' && kind !== 'playbook') || file.trim() === '') return undefined;
  return readWants(file.trim(), deps);
}

/** What a file wants, or why nothing in it runs. */
export async function readWants(file: string, { link }: Deps): Promise<Result<FileWants>> {
  const client = await link.client();
  return client.ok ? client.value.wants({ file }) : client;
}

/** The editor in which a file has changes that are not on the disk. */
export function unsaved(file: string): vscode.TextDocument | undefined {
  const { fsPath } = vscode.Uri.file(file);
  return vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === fsPath,
  );
}
