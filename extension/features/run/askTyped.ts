import * as vscode from 'vscode';
import { plainText } from '../../model/plain.ts';
import type { AskTyped } from './startPlan.ts';

/** An input box that takes only what is expected; the text is sent to the engine, which checks it again. */
export const askTyped: AskTyped = async ({ expected, reasons }) => {
  const typed = await vscode.window.showInputBox({
    title: 'Confirm',
    prompt: plainText(`${reasons.join(' ')} Type the number of nodes, ${expected}, to run.`),
    placeHolder: expected,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === '' || value.trim() === expected
        ? undefined
        : `The number of nodes is ${expected}, not ${plainText(value)}.`,
  });
  return typed?.trim() === expected ? typed : undefined;
};
