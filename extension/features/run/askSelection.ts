import * as vscode from 'vscode';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { checkExpression, type CheckedExpression } from '../../model/checkExpression.ts';
import { plainText } from '../../model/plain.ts';

const settleMs = 300;

/** An expression that selects at least one node, typed with live validation. Undefined when left with Escape. */
export function askSelection(
  index: InventoryIndex,
  value: string,
): Promise<Extract<CheckedExpression, { ok: true }> | undefined> {
  const input = vscode.window.createInputBox();
  input.title = 'Select by Expression';
  input.prompt = 'Names, ranges, globs, @group, tag:x; “,” union, “&” intersection, “ !” without';
  input.placeholder = '@frontend & tag:prod !web13';
  input.value = value;
  input.ignoreFocusOut = true;
  let timer: NodeJS.Timeout | undefined;

  const check = (): CheckedExpression => {
    const checked = checkExpression(input.value, index);
    input.validationMessage = {
      message: plainText(checked.message),
      severity: checked.ok ? vscode.InputBoxValidationSeverity.Info : vscode.InputBoxValidationSeverity.Error,
    };
    return checked;
  };
  if (value !== '') check();

  return new Promise((resolve) => {
    const owned = [
      input.onDidChangeValue(() => {
        clearTimeout(timer);
        timer = setTimeout(check, settleMs);
      }),
      input.onDidAccept(() => {
        const checked = check();
        if (!checked.ok) return;
        resolve(checked);
        input.hide();
      }),
      input.onDidHide(() => {
        clearTimeout(timer);
        resolve(undefined);
        owned.forEach((each) => each.dispose());
        input.dispose();
      }),
    ];
    input.show();
  });
}
