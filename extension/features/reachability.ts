import * as vscode from 'vscode';
import { inventoryViewId } from '../commandIds.ts';
import { reachSummary } from '../model/reachSummary.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { Reaches } from '../services/reaches.ts';
import { refuseUntrusted, showRefusal } from './showRefusal.ts';

type Deps = { readonly link: EngineLink; readonly inventory: InventoryStore; readonly reaches: Reaches };

/** Asks nodes whether they answer. Nobody is logged in to but jump hosts; the rows show the answer with its age. */
export async function checkReachability(nodes: readonly string[], deps: Deps): Promise<void> {
  const { link, inventory, reaches } = deps;
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  const { sources } = await inventory.load();
  const client = await link.client();
  if (!client.ok) return showRefusal(client.error);
  const asked = await vscode.window.withProgress({ location: { viewId: inventoryViewId } }, () =>
    reaches.ask(client.value, { sources, nodes }, { told: () => undefined, isGivenUp: () => false }),
  );
  if (!asked.ok) return showRefusal(asked.error);
  const answers = nodes.map((node) => reaches.last.get(node)?.answer ?? 'unknown');
  void vscode.window.setStatusBarMessage(reachSummary(answers), 10_000);
}
