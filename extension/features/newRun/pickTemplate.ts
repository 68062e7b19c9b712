import * as vscode from 'vscode';
import { withoutIcons } from '../../model/plain.ts';
import type { CommandHistory } from '../../services/commandHistory.ts';
import type { Template, Templates } from '../../services/templates.ts';

const removeButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: 'Remove Template',
};

/** A template that a person picks, or nothing. */
export function pickTemplate(templates: Templates): Promise<Template | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly template: Template }>();
  const show = (): void => {
    pick.items = templates.all().map((template) => ({
      label: withoutIcons(template.name),
      description: withoutIcons(template.form.command.split('\n')[0] ?? ''),
      detail: withoutIcons(template.form.selection),
      buttons: [removeButton],
      template,
    }));
    pick.placeholder =
      pick.items.length === 0
        ? 'No template yet. Fill in the form, then choose Save as template.'
        : 'Fill in the form from a template';
  };
  pick.title = 'Templates';
  show();
  return new Promise((resolve) => {
    const owned = [
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.template);
        pick.hide();
      }),
      pick.onDidTriggerItemButton(async ({ item }) => {
        await templates.remove(item.template.name);
        show();
      }),
      pick.onDidHide(() => {
        resolve(undefined);
        owned.forEach((each) => each.dispose());
        pick.dispose();
      }),
    ];
    pick.show();
  });
}

/** A name for a template; a name that is taken replaces it, which is said beforehand. */
export async function askTemplateName(templates: Templates): Promise<string | undefined> {
  const taken = new Set(templates.all().map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    title: 'Save as Template',
    ignoreFocusOut: true,
    prompt: 'A name for this form. It is kept in this workspace; a command with a secret in it is kept, too.',
    validateInput: (text) => {
      const message = `“${text.trim()}” will be replaced.`;
      const severity = vscode.InputBoxValidationSeverity.Warning;
      return taken.has(text.trim()) ? { message, severity } : undefined;
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
