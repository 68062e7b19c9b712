import * as vscode from 'vscode';
import { hasErrors } from '../../core/util/problem.ts';
import { checkedExpression } from '../model/checkExpression.ts';
import { isExpression } from '../model/filter.ts';
import { foldWithin } from '../model/foldWithin.ts';
import { plainText, withoutIcons } from '../model/plain.ts';
import {
  keepSelection,
  presentTicks,
  savedExpression,
  type SavedSelection,
  savedTicks,
} from '../model/savedSelection.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import type { ViewState } from '../services/viewState.ts';
import { pickSaved } from './pickSaved.ts';
import { showRefusal } from './showRefusal.ts';

const key = 'muster.savedSelections';
const goneLength = 200;

export type SavedSelections = {
  save(): Promise<void>;
  /** Asks for a name and keeps an expression by it. */
  saveExpression(expression: string): Promise<void>;
  apply(): Promise<void>;
  all(): readonly SavedSelection[];
};

type Deps = {
  readonly state: vscode.Memento;
  readonly selection: SelectionModel;
  readonly inventory: InventoryStore;
  readonly viewState: ViewState;
  readonly link: EngineLink;
};

/** Selections that a person keeps for later, of this workspace. */
export function createSavedSelections(deps: Deps): SavedSelections {
  const { state } = deps;
  const all = (): readonly SavedSelection[] => state.get<readonly SavedSelection[]>(key, []);
  const keep = (saved: readonly SavedSelection[]): Thenable<void> => state.update(key, saved);
  return {
    all,
    async save() {
      const what = await chooseWhat(deps);
      if (what === undefined) return;
      const name = await askName('');
      if (name === undefined) return;
      const saved =
        what === 'ticks' ? savedTicks(name, deps.selection.ticked) : savedExpression(name, what.expression);
      await keep(keepSelection(all(), saved));
    },
    async saveExpression(expression) {
      const name = await askName('');
      if (name !== undefined) await keep(keepSelection(all(), savedExpression(name, expression)));
    },
    async apply() {
      const saved = await pickSaved(all(), { keep, askName });
      if (saved?.expression !== undefined) await tickExpression(saved.expression, deps);
      else if (saved) await tickSaved(saved, deps);
    },
  };
}

async function askName(value: string): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: 'Save Selection',
    prompt: 'Name of the selection',
    value,
    // It stays while a tree that is drawn anew takes the focus.
    ignoreFocusOut: true,
  });
  return name?.trim() || undefined;
}

/** The ticks or the expression that the tree is filtered by; a person is asked where both are there. */
async function chooseWhat({
  selection,
  viewState,
}: Deps): Promise<'ticks' | { readonly expression: string } | undefined> {
  const text = viewState.filter?.text;
  const filter = text !== undefined && isExpression(text) ? { expression: text } : undefined;
  const ticks = foldWithin([...selection.ticks], 80);
  const { nodes, groups, tags } = selection.ticked;
  if (nodes.size + groups.size + tags.size === 0) {
    if (filter) return filter;
    const message = 'No node selected. Tick nodes or groups, or filter by an expression, then save.';
    void vscode.window.showInformationMessage(message);
    return undefined;
  }
  if (!filter) return 'ticks';
  const items = [
    { label: 'What Is Ticked', description: withoutIcons(ticks), what: 'ticks' as const },
    { label: 'The Filter', description: withoutIcons(filter.expression), what: filter },
  ];
  return (await vscode.window.showQuickPick(items, { title: 'Save Selection' }))?.what;
}

/** Ticks what is still there of a saved selection, and says what is not. */
async function tickSaved(saved: SavedSelection, { inventory, selection }: Deps): Promise<void> {
  const { index } = await inventory.load();
  const { ticked, goneNodes, goneSets } = presentTicks(saved, index);
  selection.replace(ticked);
  const gone = [...goneSets, ...(goneNodes.length > 0 ? [foldWithin(goneNodes, goneLength)] : [])];
  if (gone.length === 0) return;
  void vscode.window.showWarningMessage(plainText(`Left out, as they are gone: ${gone.join(', ')}.`));
}

/** Ticks the nodes that an expression has today. */
async function tickExpression(expression: string, { inventory, selection, link }: Deps): Promise<void> {
  const { sources } = await inventory.load();
  const client = await link.client();
  if (!client.ok) return showRefusal(client.error);
  const resolution = await client.value.resolve({ sources, selection: expression });
  const checked = checkedExpression(expression, resolution);
  if (checked.ok) return selection.replace({ nodes: checked.nodes });
  const code = hasErrors(resolution.problems) ? 'SELECTION_UNKNOWN' : 'SELECTION_EMPTY';
  await showRefusal({ code, message: `${expression}: ${checked.message}` });
}
