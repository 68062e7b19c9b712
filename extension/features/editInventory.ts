import * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/inventory/model.ts';
import type { EditQuery } from '../../core/inventory/edit/editQuery.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { plainText } from '../model/plain.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import { refuseEmpty, showRefusal } from './showRefusal.ts';

type ChangeType = EditQuery['change']['type'];
type EditDeps = { readonly link: EngineLink; readonly inventory: InventoryStore };

const titles: Readonly<Record<ChangeType, string>> = {
  'add-tag': 'Add Tag',
  'remove-tag': 'Remove Tag',
  'add-to-group': 'Add to Group',
  'remove-from-group': 'Remove from Group',
};

/** Asks for a tag or group and writes the change into the inventory, its comments and form kept. */
export async function askAndEdit(type: ChangeType, nodes: readonly string[], deps: EditDeps): Promise<void> {
  const { index } = await deps.inventory.load();
  if (nodes.length === 0) return refuseEmpty();
  const name = await askName(type, nodes, index);
  if (name) await editNodes({ type, name, nodes }, deps);
}

/** Writes one change of tags or groups. Nodes of other kinds of sources can not be changed here. */
export async function editNodes(change: EditQuery['change'], { link, inventory }: EditDeps): Promise<void> {
  const { index } = await inventory.load();
  const file = ownFile(change.nodes, index);
  if (typeof file !== 'string') {
    void vscode.window.showErrorMessage(plainText(file.message));
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const client = await link.client();
  const text = document.getText();
  const edits = client.ok ? await client.value.editInventory({ path: file, text, change }) : client;
  if (!edits.ok) return showRefusal(edits.error);
  const wasDirty = document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text: inserted } of edits.value.edits) {
    edit.replace(
      document.uri,
      new vscode.Range(document.positionAt(start), document.positionAt(end)),
      inserted,
    );
  }
  if (!(await vscode.workspace.applyEdit(edit))) return;
  if (!wasDirty) await document.save();
  await inventory.refresh();
  const others = change.nodes.filter((node) => !edits.value.nodes.includes(node));
  if (others.length === 0) return;
  void vscode.window.showInformationMessage(plainText(restText(change, edits.value.nodes, others)));
}

/** For which nodes a change was made, and why not for the others. */
function restText(
  { type, name }: EditQuery['change'],
  done: readonly string[],
  others: readonly string[],
): string {
  const isNew = type === 'add-tag' || type === 'add-to-group';
  const why = isNew ? `already had or are in ${name}` : `do not have or are not in ${name} in this file`;
  const made = done.length === 0 ? 'Nothing changed' : `${titles[type]} ${name}: ${foldForDisplay(done)}`;
  return `${made}. Left as they are, as they ${why}: ${foldForDisplay(others)}.`;
}

/** The one `inventory.yaml` that has all these nodes. */
function ownFile(
  nodes: readonly string[],
  { inventory, nodes: known }: InventoryIndex,
): string | { message: string } {
  const own = inventory.sources.filter(({ type }) => type === 'muster');
  const file = own.find(({ id }) => nodes.every((name) => known.get(name)?.sources.includes(id)));
  if (file) return file.ref.path;
  const others = nodes.filter((name) => !own.some(({ id }) => known.get(name)?.sources.includes(id)));
  const names = foldForDisplay(others.length > 0 ? others : nodes);
  return {
    message: `${names} can not be changed here: only nodes of one inventory.yaml can. Edit the source they come from.`,
  };
}

async function askName(
  type: ChangeType,
  nodes: readonly string[],
  index: InventoryIndex,
): Promise<string | undefined> {
  const isTag = type === 'add-tag' || type === 'remove-tag';
  const isRemoval = type === 'remove-tag' || type === 'remove-from-group';
  const all = isTag ? [...index.tags.keys()] : [...index.groups.keys()];
  const having = (name: string): number => {
    const members = new Set(isTag ? index.tags.get(name) : index.groups.get(name)?.nodes);
    return nodes.filter((node) => members.has(node)).length;
  };
  const title = `${titles[type]}: ${plainText(foldForDisplay(nodes))}`;
  if (isRemoval)
    return vscode.window.showQuickPick(
      all.filter((name) => having(name) > 0),
      { title },
    );
  const fresh = isTag ? 'New Tag…' : 'New Group…';
  const known = all.filter((name) => having(name) < nodes.length);
  const chosen = known.length === 0 ? fresh : await vscode.window.showQuickPick([fresh, ...known], { title });
  if (chosen !== fresh) return chosen;
  const validateInput = (text: string): string | undefined =>
    text.trim() === '' ? 'Write a name.' : undefined;
  return (
    await vscode.window.showInputBox({
      title,
      prompt: isTag ? 'Name of the tag' : 'Name of the group',
      validateInput,
      ignoreFocusOut: true,
    })
  )?.trim();
}
