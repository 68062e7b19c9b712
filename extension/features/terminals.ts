import * as vscode from 'vscode';
import { plainText } from '../model/plain.ts';
import { type Fleet, remoteAuthority, terminalCommand } from '../model/sshCommand.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import { refuseUntrusted, showRefusal } from './showRefusal.ts';

/** Whom to ask whether rules deny terminals. */
export type TerminalDeps = { readonly link: EngineLink; readonly inventory: InventoryStore };

/** Above this many terminals a person is asked. */
const manyTerminals = 10;

/** Opens a terminal on each node: `ssh` with the node's settings, or a shell in the folder of a local one. */
export async function openTerminals(
  names: readonly string[],
  fleet: Fleet,
  deps: TerminalDeps,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  if (!(await isPermitted(names, deps))) return;
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

/** Says so where rules deny terminals on these nodes. */
async function isPermitted(nodes: readonly string[], { link, inventory }: TerminalDeps): Promise<boolean> {
  if (nodes.length === 0) return true;
  const { sources } = await inventory.load();
  const client = await link.client();
  const permitted = client.ok
    ? await client.value.permit({ capability: 'terminal', sources, nodes })
    : client;
  if (!permitted.ok) await showRefusal(permitted.error);
  return permitted.ok;
}

async function confirmMany(count: number): Promise<boolean> {
  const open = `Open ${count} Terminals`;
  return (await vscode.window.showWarningMessage(`${open}?`, { modal: true }, open)) === open;
}

const remoteExtensions = ['ms-vscode-remote.remote-ssh', 'jeanp413.open-remote-ssh'];

/** Opens a window of VS Code on the node, where an extension for that is installed. */
export async function openInRemoteSsh(name: string, fleet: Fleet, deps: TerminalDeps): Promise<void> {
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
  if (!(await isPermitted([name], deps))) return;
  const command = terminalCommand(node, fleet);
  if (!command.ok) return void vscode.window.showErrorMessage(plainText(command.message));
  const uri = vscode.Uri.from({
    scheme: 'vscode-remote',
    authority: remoteAuthority(node.connection),
    path: '/',
  });
  await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}
