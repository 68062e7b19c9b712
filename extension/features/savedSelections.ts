import * as vscode from 'vscode';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { plainText } from '../model/plain.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { SelectionModel } from '../services/selectionModel.ts';

/** A selection by name: nodes one by one, and groups that stand for their members of the day. */
type Saved = { readonly name: string; readonly nodes: readonly string[]; readonly groups: readonly string[] };

const key = 'muster.savedSelections';

export type SavedSelections = { save(): Promise<void>; apply(): Promise<void> };

type Deps = {
  readonly state: vscode.Memento;
  readonly selection: SelectionModel;
  readonly inventory: InventoryStore;
};

/** Selections that a person keeps for later, of this workspace. */
export function createSavedSelections({ state, selection, inventory }: Deps): SavedSelections {
  const all = (): readonly Saved[] => state.get<readonly Saved[]>(key, []);
  const keep = (saved: readonly Saved[]): Thenable<void> => state.update(key, saved);
  const ask = (value: string): Thenable<string | undefined> =>
    vscode.window.showInputBox({ title: 'Save Selection', prompt: 'Name of the selection', value });

  return {
    async save() {
      const { nodes, groups } = selection.ticked;
      if (nodes.size + groups.size === 0) {
        void vscode.window.showInformationMessage('No node selected. Tick nodes or groups, then save them.');
        return;
      }
      const name = (await ask(''))?.trim();
      if (!name) return;
      const others = all().filter((each) => each.name !== name);
      await keep([...others, { name, nodes: [...nodes], groups: [...groups] }]);
    },
    async apply() {
      const { index } = await inventory.load();
      const saved = await pick(all(), { keep, ask });
      if (!saved) return;
      const goneGroups = saved.groups.filter((group) => !index.groups.has(group));
      const goneNodes = saved.nodes.filter((node) => !index.nodes.has(node));
      selection.replace(
        saved.nodes.filter((node) => index.nodes.has(node)),
        saved.groups.filter((group) => index.groups.has(group)),
      );
      const gone = [
        ...goneGroups.map((group) => `@${group}`),
        ...(goneNodes.length > 0 ? [foldForDisplay(goneNodes)] : []),
      ];
      if (gone.length > 0)
        void vscode.window.showWarningMessage(plainText(`Left out, as they are gone: ${gone.join(', ')}.`));
    },
  };
}

type Item = vscode.QuickPickItem & { readonly saved: Saved };
type PickDeps = {
  keep(saved: readonly Saved[]): Thenable<void>;
  ask(value: string): Thenable<string | undefined>;
};

const renameButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: 'Rename' };
const deleteButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Delete' };

/** A list in which selections can be renamed and deleted too. */
function pick(all: readonly Saved[], { keep, ask }: PickDeps): Promise<Saved | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'Saved Selections';
  list.placeholder = all.length === 0 ? 'Nothing is saved yet: tick nodes, then Save Selection' : '';
  list.matchOnDescription = true;
  list.items = all.map(itemOf);
  return new Promise((resolve) => {
    const owned = [
      list.onDidTriggerItemButton(async ({ item, button }) => {
        const others = list.items.filter((each) => each !== item).map((each) => each.saved);
        const name = button === renameButton ? (await ask(item.saved.name))?.trim() : undefined;
        if (button === renameButton && !name) return;
        const next = name ? [...others, { ...item.saved, name }] : others;
        await keep(next);
        list.items = next.map(itemOf);
        list.show();
      }),
      list.onDidAccept(() => {
        resolve(list.selectedItems[0]?.saved);
        list.hide();
      }),
      list.onDidHide(() => {
        resolve(undefined);
        owned.forEach((each) => each.dispose());
        list.dispose();
      }),
    ];
    list.show();
  });
}

function itemOf(saved: Saved): Item {
  const groups = saved.groups.map((group) => `@${group}`);
  const nodes = saved.nodes.length > 0 ? [plural(saved.nodes.length, 'node')] : [];
  return {
    label: plainText(saved.name),
    description: [...groups, ...nodes].join(', '),
    buttons: [renameButton, deleteButton],
    saved,
  };
}
