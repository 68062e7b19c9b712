import * as vscode from 'vscode';
import { checkedExpression, type CheckedExpression } from '../../model/checkExpression.ts';
import { plainText } from '../../model/plain.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import type { InventoryStore } from '../../services/inventoryStore.ts';

const settleMs = 300;

type Deps = { readonly link: EngineLink; readonly inventory: InventoryStore };
type Valid = Extract<CheckedExpression, { ok: true }>;

/** An expression that selects at least one node, typed with live validation. Undefined when left with Escape. */
export function askSelection(deps: Deps, value: string): Promise<Valid | undefined> {
  const input = vscode.window.createInputBox();
  input.title = 'Select by Expression';
  input.prompt = 'Names, ranges, globs, @group, tag:x, fact:x=y; “,” union, “&” intersection, “ !” without';
  input.placeholder = '@frontend & tag:prod !web13';
  input.value = value;
  input.ignoreFocusOut = true;
  let timer: NodeJS.Timeout | undefined;

  /** Undefined when the text has changed while the engine looked at it. */
  const check = async (): Promise<CheckedExpression | undefined> => {
    const text = input.value;
    const checked = await checkWithEngine(text, deps);
    if (text !== input.value) return undefined;
    const severity = checked.ok
      ? vscode.InputBoxValidationSeverity.Info
      : vscode.InputBoxValidationSeverity.Error;
    input.validationMessage = { message: plainText(checked.message), severity };
    return checked;
  };
  if (value !== '') void check();

  return new Promise((resolve) => {
    const owned = [
      input.onDidChangeValue(() => {
        clearTimeout(timer);
        timer = setTimeout(() => void check(), settleMs);
      }),
      input.onDidAccept(async () => {
        clearTimeout(timer);
        const checked = await check();
        if (!checked?.ok) return;
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

/** The engine knows all vars and facts, and resolves as it will when it runs. */
async function checkWithEngine(text: string, { link, inventory }: Deps): Promise<CheckedExpression> {
  const { sources } = await inventory.load();
  const client = await link.client();
  if (!client.ok) return { ok: false, message: client.error.message };
  return checkedExpression(text, await client.value.resolve({ sources, selection: text }));
}
