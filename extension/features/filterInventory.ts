import * as vscode from 'vscode';
import { plural } from '../../core/run/format.ts';
import { hasErrors, sentenceOf } from '../../core/util/problem.ts';
import { isExpression, searchNodes } from '../model/filter.ts';
import { plainText } from '../model/plain.ts';
import { sameTicks } from '../model/ticks.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { TreeFilter, ViewState } from '../services/viewState.ts';

type FilterDeps = {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly viewState: ViewState;
};

/** Milliseconds after the last key. */
const settleMs = 300;

/** Filters the tree while a person types: words, or an expression. Escape brings back what was before. */
export async function filterInventory(deps: FilterDeps): Promise<void> {
  const { inventory, viewState } = deps;
  await inventory.load();
  const before = viewState.filter;
  const input = vscode.window.createInputBox();
  input.title = 'Filter Inventory';
  input.prompt = 'Words of names, addresses, groups, tags and sources, or an expression: tag:prod & @web';
  input.value = before?.text ?? '';
  // It stays while a tree that is drawn anew takes the focus.
  input.ignoreFocusOut = true;
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  let isAccepted = false;

  /** False where the text is no filter, or has changed while the engine looked at it. */
  const apply = async (): Promise<boolean> => {
    clearTimeout(timer);
    const mine = ++asked;
    const text = input.value.trim();
    const found = text === '' ? undefined : await resolveFilter(text, deps);
    if (mine !== asked) return false;
    input.validationMessage = verdict(found);
    if (typeof found === 'string') return false;
    viewState.setFilter(found);
    return true;
  };
  const owned = [
    input.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void apply(), settleMs);
    }),
    input.onDidAccept(async () => {
      if (!(await apply())) return;
      isAccepted = true;
      input.hide();
    }),
    input.onDidHide(() => {
      clearTimeout(timer);
      asked++;
      if (!isAccepted) viewState.setFilter(before);
      owned.forEach((each) => each.dispose());
      input.dispose();
    }),
  ];
  input.show();
}

/** A filter goes on to mean what it says while the inventory changes. */
export function followFilter(deps: FilterDeps): Disposable {
  const { inventory, viewState } = deps;
  const again = async (): Promise<void> => {
    const { filter } = viewState;
    if (!filter) return;
    const found = await resolveFilter(filter.text, deps);
    if (viewState.filter !== filter || typeof found === 'string') return;
    if (!sameTicks(filter.nodes, found.nodes)) viewState.setFilter(found);
  };
  return inventory.onDidChange(() => void again());
}

function verdict(found: TreeFilter | string | undefined): string | vscode.InputBoxValidationMessage {
  if (found === undefined) return '';
  return typeof found === 'string'
    ? { message: plainText(found), severity: vscode.InputBoxValidationSeverity.Error }
    : { message: plural(found.nodes.size, 'node'), severity: vscode.InputBoxValidationSeverity.Info };
}

/** The nodes that a text leaves, or what is wrong with it. */
async function resolveFilter(
  text: string,
  { link, inventory }: Pick<FilterDeps, 'link' | 'inventory'>,
): Promise<TreeFilter | string> {
  const { sources, index } = await inventory.load();
  if (!isExpression(text)) return { text, nodes: searchNodes(text, index) };
  const client = await link.client();
  if (!client.ok) return client.error.message;
  const { nodes, problems } = await client.value.resolve({ sources, selection: text });
  if (hasErrors(problems)) return problems.map(sentenceOf).join(' ');
  return { text, nodes: new Set(nodes) };
}
