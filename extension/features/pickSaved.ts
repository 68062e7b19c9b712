import * as vscode from 'vscode';
import { withoutIcons } from '../model/plain.ts';
import { describeSelection, keepSelection, type SavedSelection } from '../model/savedSelection.ts';

type Item = vscode.QuickPickItem & { readonly saved: SavedSelection };

type PickDeps = {
  keep(saved: readonly SavedSelection[]): Thenable<void>;
  /** Undefined when it was left with Escape. */
  askName(value: string): Promise<string | undefined>;
};

const renameButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: 'Rename' };
const deleteButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Delete' };

/** A list in which selections can be renamed and deleted too. Undefined when nothing was chosen. */
export async function pickSaved(
  all: readonly SavedSelection[],
  deps: PickDeps,
): Promise<SavedSelection | undefined> {
  for (let left = all; ;) {
    const picked = await pickOnce(left);
    if (picked?.type !== 'changed') return picked?.saved;
    const others = left.filter((each) => each !== picked.saved);
    if (picked.button === deleteButton) left = others;
    else {
      const name = await deps.askName(picked.saved.name);
      left = name === undefined ? left : keepSelection(others, { ...picked.saved, name });
    }
    await deps.keep(left);
  }
}

type Picked =
  | { readonly type: 'chosen'; readonly saved: SavedSelection }
  | { readonly type: 'changed'; readonly saved: SavedSelection; readonly button: vscode.QuickInputButton };

/** The list closes for a change, and comes again: an input box would close it anyway. */
function pickOnce(all: readonly SavedSelection[]): Promise<Picked | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'Saved Selections';
  list.placeholder =
    all.length === 0 ? 'Nothing is saved yet: tick nodes, then Save Selection' : 'Tick these nodes';
  list.matchOnDescription = true;
  list.items = all.map(itemOf);
  return new Promise((resolve) => {
    const finish = (picked: Picked): void => {
      resolve(picked);
      list.hide();
    };
    const owned = [
      list.onDidTriggerItemButton(({ item: { saved }, button }) =>
        finish({ type: 'changed', saved, button }),
      ),
      list.onDidAccept(() => {
        const saved = list.selectedItems[0]?.saved;
        if (saved) finish({ type: 'chosen', saved });
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

function itemOf(saved: SavedSelection): Item {
  return {
    label: withoutIcons(saved.name),
    description: withoutIcons(describeSelection(saved)),
    buttons: [renameButton, deleteButton],
    saved,
  };
}
