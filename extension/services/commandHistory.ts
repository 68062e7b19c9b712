import type * as vscode from 'vscode';
import { rememberCommand } from '../model/rememberCommand.ts';

const stateKey = 'muster.commands';

/** Commands that were run in this workspace, latest first. */
export type CommandHistory = {
  readonly commands: readonly string[];
  add(command: string): void;
  remove(command: string): void;
};

export function createCommandHistory(state: vscode.Memento): CommandHistory {
  const commands = (): readonly string[] => state.get<readonly string[]>(stateKey, []);
  return {
    get commands() {
      return commands();
    },
    add: (command) => void state.update(stateKey, rememberCommand(commands(), command)),
    remove: (command) =>
      void state.update(
        stateKey,
        commands().filter((each) => each !== command),
      ),
  };
}
