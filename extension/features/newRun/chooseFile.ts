import * as vscode from 'vscode';
import type { ToNewRun } from '../../../core/protocol/newRun.ts';
import type { RunForm } from '../../../core/run/form/form.ts';

const dialogs = {
  script: { title: 'Script to Run on Nodes' },
  stdin: { title: 'File That It Reads on Standard Input' },
  copyFrom: { title: 'Files to Copy to Nodes', canSelectMany: true },
  fetchTo: {
    title: 'Folder in Which Each Node Gets Its Own',
    canSelectFiles: false,
    canSelectFolders: true,
  },
} as const;

type Page = { readonly form: RunForm; readonly post: (message: ToNewRun) => void };

/** Has a person choose files or a folder of this machine for a field; what is copied is added to what is there. */
export async function chooseFor(field: keyof typeof dialogs, { form, post }: Page): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ openLabel: 'Choose', ...dialogs[field] });
  if (!chosen) return;
  const paths = chosen.map(({ fsPath }) => fsPath);
  const before = field === 'copyFrom' ? form.copyFrom.split('\n').filter((line) => line.trim() !== '') : [];
  post({ type: 'form', form: { [field]: [...new Set([...before, ...paths])].join('\n') } });
}

/** Opens the script, task or playbook of a form in an editor beside it. */
export async function openFileOf({ kind, script, file }: RunForm): Promise<void> {
  const path = (kind === 'script' ? script : file).trim();
  if (path === '') return;
  await vscode.window.showTextDocument(vscode.Uri.file(path), { viewColumn: vscode.ViewColumn.Beside });
}
