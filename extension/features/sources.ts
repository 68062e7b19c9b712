import * as vscode from 'vscode';
import type { ApprovalRequest } from '../../core/inventory/source.ts';
import { plainText } from '../model/plain.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import { refuseUntrusted, showRefusal } from './showRefusal.ts';

/** Shows what sources, or `only` one, would execute on this machine, and lets it act when a person says yes. */
export async function allowSources(
  link: EngineLink,
  inventory: InventoryStore,
  only: string | undefined,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  const { sources, index } = await inventory.load();
  const asked = index.inventory.sources.filter(({ id }) => only === undefined || id === only);
  const pending = asked.flatMap(({ approvals }) => approvals);
  if (pending.length === 0) {
    void vscode.window.showInformationMessage('Nothing waits for your yes.');
    return;
  }
  const chosen = await vscode.window.showWarningMessage(
    pending.length === 1
      ? 'Let this act on this computer?'
      : `Let these ${pending.length} act on this computer?`,
    { modal: true, detail: pending.map(describe).join('\n\n') },
    'Allow',
  );
  if (chosen !== 'Allow') return;
  const client = await link.client();
  const answered = client.ok
    ? await client.value.approve({ sources, ids: pending.map(({ id }) => id) })
    : client;
  if (!answered.ok) return showRefusal(answered.error);
  await inventory.refresh();
}

function describe({ kind, what, path }: ApprovalRequest): string {
  const verb = {
    command: 'Run the command that lists nodes',
    'proxy-command': 'Connect through the command',
    'ssh-config': 'Let ssh run for connecting',
    'local-nodes': 'Run commands on this computer, as',
    'secret-command': 'Take a secret from what this prints',
  }[kind];
  return plainText(`${verb}\n${what}\n${path}\nYou are asked again when it changes.`);
}
