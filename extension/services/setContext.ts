import * as vscode from 'vscode';

/** Sets a key that `when` clauses of package.json ask for. */
export function setContext(key: `muster.${string}`, value: boolean | number): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
