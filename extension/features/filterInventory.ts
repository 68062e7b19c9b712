import * as vscode from 'vscode';
import { hasErrors } from '../../core/util/problem.ts';
import { isExpression, searchNodes } from '../model/filter.ts';
import { plainText } from '../model/plain.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { TreeFilter, ViewState } from '../services/viewState.ts';

type FilterDeps = { readonly link: EngineLink; readonly inventory: InventoryStore; readonly view: ViewState };

/** Milliseconds after the last key. */
const settleMs = 300;

/** Filters the tree while a person types: words, or an expression. Escape brings back what was before. */
export async function filterInventory(deps: FilterDeps): Promise<void> {
  const { inventory, view } = deps;
  await inventory.load();
  const before = view.filter;
  const input = vscode.window.createInputBox();
  input.title = 'Filter Inventory';
  input.prompt = 'Words of names, addresses, groups, tags and sources, or an expression: tag:prod & @web';
  input.value = before?.text ?? '';
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  const apply = async (): Promise<void> => {
    const mine = ++asked;
    const text = input.value.trim();
    const found = text === '' ? undefined : await resolve(text, deps);
    if (mine !== asked) return;
    if (typeof found === 'string') {
      input.validationMessage = {
        message: plainText(found),
        severity: vscode.InputBoxValidationSeverity.Error,
      };
      return;
    }
    const count = found && `${found.nodes.size} nodes`;
    input.validationMessage = count
      ? { message: count, severity: vscode.InputBoxValidationSeverity.Info }
      : undefined;
    view.setFilter(found);
  };
  const owned = [
    input.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void apply(), settleMs);
    }),
    input.onDidAccept(async () => {
      clearTimeout(timer);
      accepted = true;
      await apply();
      input.hide();
    }),
    input.onDidHide(() => {
      clearTimeout(timer);
      asked++;
      if (!accepted) view.setFilter(before);
      owned.forEach((each) => each.dispose());
      input.dispose();
    }),
  ];
  let accepted = false;
  input.show();
}

/** The nodes that a text leaves, or what is wrong with it. */
export async function resolve(
  text: string,
  { link, inventory }: Omit<FilterDeps, 'view'>,
): Promise<TreeFilter | string> {
  const { sources, index } = await inventory.load();
  if (!isExpression(text)) return { text, nodes: searchNodes(text, index) };
  const client = await link.client();
  if (!client.ok) return client.error.message;
  const { nodes, problems } = await client.value.resolve({ sources, selection: text });
  if (hasErrors(problems))
    return problems.map(({ message, fix = '' }) => `${message} ${fix}`.trim()).join(' ');
  return { text, nodes: new Set(nodes) };
}
