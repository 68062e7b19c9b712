import * as vscode from 'vscode';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { Settings } from '../settings.ts';

const sshConfig = 'ssh-config:~/.ssh/config';

/** Adds an inventory that is there already to those of this folder: the ssh configuration, or a file that a person picks. */
export async function useInventory(inventory: InventoryStore, settings: Settings): Promise<void> {
  const items = [
    { label: 'Hosts from ~/.ssh/config', entry: sshConfig },
    { label: 'An Ansible, Bolt, ClusterShell, CSV or host list file…', entry: undefined },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Use an Inventory' });
  if (!chosen) return;
  const entry = chosen.entry ?? (await pickFile());
  if (entry === undefined || settings.inventoryPaths.includes(entry)) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await settings.setInventoryPaths([...settings.inventoryPaths, entry], target);
  await inventory.refresh();
}

async function pickFile(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: 'Use an Inventory',
      openLabel: 'Use',
      canSelectFiles: true,
      canSelectFolders: true,
    })) ?? [];
  return uri?.fsPath;
}
