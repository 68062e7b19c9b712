import * as vscode from 'vscode';
import { withoutIcons } from '../../model/plain.ts';
import { presetText } from '../../model/presetText.ts';
import type { CommandHistory } from '../../services/commandHistory.ts';
import type { Preset, PresetPlace, Presets } from '../../services/presets.ts';

type Item = vscode.QuickPickItem & { readonly preset?: Preset };

const renameButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: 'Rename' };
const deleteButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Delete' };

const places: Readonly<Record<PresetPlace, string>> = {
  workspace: 'This Workspace',
  user: 'All Workspaces',
};

/** A preset that a person picks, or nothing; presets can be renamed and deleted on the way. */
export async function pickPreset(presets: Presets): Promise<Preset | undefined> {
  for (;;) {
    const picked = await pickOnce(presets.all());
    if (!picked?.button) return picked?.preset;
    const { preset, button } = picked;
    if (button === deleteButton) await presets.remove(preset);
    else {
      const name = await askName(presets, {
        title: 'Rename Preset',
        place: preset.place,
        value: preset.name,
      });
      if (name !== undefined) await presets.rename(preset, name);
    }
  }
}

type Picked = { readonly preset: Preset; readonly button?: vscode.QuickInputButton };

/** The list closes for a change, and comes again: an input box would close it anyway. */
function pickOnce(all: readonly Preset[]): Promise<Picked | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'Presets';
  list.placeholder =
    all.length === 0
      ? 'No preset yet. Fill in the form, then choose Save as preset.'
      : 'Fill in the form from a preset';
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = (['workspace', 'user'] as const).flatMap((place) => {
    const items = all.filter((each) => each.place === place).map(itemOf);
    return items.length === 0 ? [] : [heading(places[place]), ...items];
  });
  return new Promise((resolve) => {
    const finish = (picked: Picked): void => {
      resolve(picked);
      list.hide();
    };
    const owned = [
      list.onDidTriggerItemButton(({ item: { preset }, button }) => preset && finish({ preset, button })),
      list.onDidAccept(() => {
        const preset = list.selectedItems[0]?.preset;
        if (preset) finish({ preset });
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

function heading(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function itemOf(preset: Preset): Item {
  return {
    label: withoutIcons(preset.name),
    description: withoutIcons(presetText(preset.form)),
    detail: withoutIcons(preset.form.selection),
    buttons: [renameButton, deleteButton],
    preset,
  };
}

/** Where a form is kept, and its name there; undefined when a person leaves it. */
export async function askPreset(presets: Presets): Promise<Pick<Preset, 'name' | 'place'> | undefined> {
  const items = (['workspace', 'user'] as const).map((place) => ({ label: places[place], place }));
  const hasFolder = (vscode.workspace.workspaceFolders ?? []).length > 0;
  const title = 'Save as Preset';
  const picked = hasFolder
    ? await vscode.window.showQuickPick(items, { title, placeHolder: 'Where is it kept?' })
    : items[1];
  if (!picked) return undefined;
  const name = await askName(presets, { title, place: picked.place, value: '' });
  return name === undefined ? undefined : { name, place: picked.place };
}

type Naming = { readonly title: string; readonly place: PresetPlace; readonly value: string };

/** A name that is taken replaces what has it, which is said beforehand. */
async function askName(presets: Presets, { title, place, value }: Naming): Promise<string | undefined> {
  const taken = new Set(presets.all().flatMap((each) => (each.place === place ? each.name : [])));
  const name = await vscode.window.showInputBox({
    title,
    value,
    ignoreFocusOut: true,
    prompt: 'A name. Secrets are not kept; a command with a secret in it is.',
    validateInput: (text) => {
      const message = `“${text.trim()}” will be replaced.`;
      const severity = vscode.InputBoxValidationSeverity.Warning;
      return text.trim() !== value && taken.has(text.trim()) ? { message, severity } : undefined;
    },
  });
  return name === undefined || name.trim() === '' ? undefined : name.trim();
}

/** A command of before that a person picks, or nothing. */
export async function pickCommand(history: CommandHistory): Promise<string | undefined> {
  const items = history.commands.map((command) => ({ label: withoutIcons(command), command }));
  const placeHolder = items.length === 0 ? 'Nothing has run yet.' : 'A command of before';
  return (await vscode.window.showQuickPick(items, { title: 'History', placeHolder }))?.command;
}
