import * as vscode from 'vscode';
import { acceptedCommand, type CommandRow } from '../../model/acceptedCommand.ts';
import { withoutIcons } from '../../model/plain.ts';
import type { CommandHistory } from '../../services/commandHistory.ts';

type CommandItem = vscode.QuickPickItem & CommandRow;

const removeButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('close'),
  tooltip: 'Remove from History',
};

/** Asks for the command: a new one is typed, an earlier one is picked. Undefined when it is left with Escape. */
export function askCommand(history: CommandHistory, title: string): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<CommandItem>();
  pick.title = title;
  pick.step = 1;
  pick.totalSteps = 2;
  pick.placeholder = 'Command to run on each node';
  pick.ignoreFocusOut = true;
  pick.items = itemsFor('', history);

  return new Promise((resolve) => {
    const owned = [
      pick.onDidChangeValue((value) => {
        pick.items = itemsFor(value, history);
      }),
      pick.onDidTriggerItemButton(({ item }) => {
        history.remove(item.command);
        pick.items = itemsFor(pick.value, history);
      }),
      pick.onDidAccept(() => {
        const command = acceptedCommand(pick.value, pick.activeItems[0]);
        if (command === '') return;
        resolve(command);
        pick.hide();
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

/** What is typed comes first, so that Enter runs it, and the earlier commands that contain it after it. */
function itemsFor(value: string, history: CommandHistory): CommandItem[] {
  const typed = value.trim();
  const earlier = history.commands.filter((command) => command !== typed);
  return [
    ...(typed === '' ? [] : [{ ...rowOf('now', typed, value), alwaysShow: true }]),
    ...earlier.map((command) => ({ ...rowOf('earlier', command, value), buttons: [removeButton] })),
  ];
}

function rowOf(written: CommandRow['written'], command: string, madeFor: string): CommandItem {
  return { written, label: withoutIcons(command), command, madeFor };
}
