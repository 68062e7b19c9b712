import * as vscode from 'vscode';
import { checkedExpression } from '../model/checkExpression.ts';
import { plainText } from '../model/plain.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { ChosenTargets } from './run/chooseTargets.ts';

/** What a lens above an inventory says: a selection, and the file in which it was clicked. */
export type NodesMeant = { readonly on: string; readonly uri: string };

type Deps = { readonly link: EngineLink; readonly inventory: InventoryStore };

export function nodesMeantIn([given]: readonly unknown[]): NodesMeant | undefined {
  const { on, uri } = Object(given) as Partial<Record<string, unknown>>;
  return typeof on === 'string' && typeof uri === 'string' ? { on, uri } : undefined;
}

/**
 * The nodes of a lens, as the engine resolves them. What runs is what is on disk, and a person means what they see: the
 * file is saved first. Undefined where there are none, which is said.
 */
export async function nodesMeant(
  { on, uri }: NodesMeant,
  { link, inventory }: Deps,
): Promise<ChosenTargets | undefined> {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri && each.isDirty);
  if (open && !(await open.save())) return undefined;
  const { sources } = open ? await inventory.refresh() : await inventory.load();
  const client = await link.client();
  const checked = client.ok
    ? checkedExpression(on, await client.value.resolve({ sources, selection: on }))
    : { ok: false as const, message: client.error.message };
  if (checked.ok) return { expression: checked.expression, nodes: checked.nodes };
  void vscode.window.showErrorMessage(plainText(checked.message));
  return undefined;
}
