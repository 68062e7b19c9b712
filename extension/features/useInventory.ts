import * as vscode from 'vscode';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { Settings } from '../settings.ts';

const items = [
  { label: 'Hosts from ~/.ssh/config', name: 'ssh-config', entry: 'ssh-config:~/.ssh/config' },
  { label: 'An Ansible, Bolt, ClusterShell, CSV or host list file…', name: 'file', entry: undefined },
] as const;

/**
 * Adds an inventory that is there already to those of this folder: the ssh configuration, or a file that a person picks.
 * A link of the welcome view names which.
 */
export async function useInventory(
  inventory: InventoryStore,
  settings: Settings,
  asked: unknown,
): Promise<void> {
  const chosen =
    items.find(({ name }) => name === asked) ??
    (await vscode.window.showQuickPick(items, { title: 'Use an Inventory' }));
  if (!chosen) return;
  const entry = chosen.entry ?? (await pickFile());
  if (entry === undefined || settings.inventorySources.includes(entry)) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await settings.setInventorySources([...settings.inventorySources, entry], target);
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
