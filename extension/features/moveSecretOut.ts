import * as vscode from 'vscode';
import { SecretMove } from '../../core/protocol/languageServer.ts';
import { plainText } from '../model/plain.ts';
import { createStoredSecrets } from '../model/storedSecrets.ts';

/** Moves a secret from a playbook to the secret storage. The file is changed only once the secret is kept. */
export async function moveSecretOut(asked: unknown, storage: vscode.SecretStorage): Promise<void> {
  const move = SecretMove.safeParse(asked);
  if (!move.success) return;
  const { uri, version, name, value, edits } = move.data;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const stored = createStoredSecrets(storage);
  const key = { file: document.uri.fsPath, name };
  if (!(await stored.keep(key, value)))
    return warn('This computer has no secret storage that works: the file is left as it is.');
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    edits.map(({ range: { start, end }, newText }) => {
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      return new vscode.TextEdit(range, newText);
    }),
  );
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit))) {
    await stored.forget([key]);
    return warn('The file has changed meanwhile and is left as it is. Choose the fix again.');
  }
  const message = `The secret ${name} is in the secret storage of this computer. Older versions of the file still have it: where others may read them, give it another value.`;
  void vscode.window.showInformationMessage(plainText(message));
}

function warn(message: string): void {
  void vscode.window.showWarningMessage(message);
}
