import * as vscode from 'vscode';
import { plainText } from '../model/plain.ts';
import { type Fleet, remoteAuthority, terminalCommand } from '../model/sshCommand.ts';
import { refuseUntrusted } from './showRefusal.ts';

/** Above this many terminals a person is asked. */
const manyTerminals = 10;

/** Opens a terminal on each node: `ssh` with the node's settings, or a shell in the folder of a local one. */
export async function openTerminals(names: readonly string[], fleet: Fleet): Promise<void> {
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  if (names.length > manyTerminals && !(await confirmMany(names.length))) return;
  const refused: string[] = [];
  for (const name of names) {
    const node = fleet.index.nodes.get(name);
    if (!node) continue;
    const command = terminalCommand(node, fleet);
    if (!command.ok) {
      refused.push(command.message);
      continue;
    }
    const terminal = vscode.window.createTerminal({
      name,
      iconPath: new vscode.ThemeIcon('server'),
      ...(command.program !== undefined && { shellPath: command.program, shellArgs: [...command.args] }),
      ...(command.cwd !== undefined && { cwd: command.cwd }),
    });
    terminal.show(names.length > 1);
  }
  if (refused.length > 0) void vscode.window.showErrorMessage(plainText(refused.join('\n')));
}

async function confirmMany(count: number): Promise<boolean> {
  const open = `Open ${count} Terminals`;
  return (await vscode.window.showWarningMessage(`${open}?`, { modal: true }, open)) === open;
}

const remoteExtensions = ['ms-vscode-remote.remote-ssh', 'jeanp413.open-remote-ssh'];

/** Opens a window of VS Code on the node, where an extension for that is installed. */
export async function openInRemoteSsh(name: string, fleet: Fleet): Promise<void> {
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  const node = fleet.index.nodes.get(name);
  if (!node || node.connection.transport === 'local') {
    void vscode.window.showInformationMessage(
      `${plainText(name)} is on this computer: open its folder instead.`,
    );
    return;
  }
  if (!remoteExtensions.some((id) => vscode.extensions.getExtension(id))) {
    const search = 'Find an Extension';
    const message = 'Opening a window on a node needs an extension such as Remote - SSH.';
    if ((await vscode.window.showInformationMessage(message, search)) === search) {
      await vscode.commands.executeCommand('workbench.extensions.search', 'remote ssh');
    }
    return;
  }
  const command = terminalCommand(node, fleet);
  if (!command.ok) return void vscode.window.showErrorMessage(plainText(command.message));
  const uri = vscode.Uri.from({
    scheme: 'vscode-remote',
    authority: remoteAuthority(node.connection),
    path: '/',
  });
  await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}
