import type * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { Outcomes } from '../services/outcomes.ts';
import { createJournals, type Journals } from '../services/journals.ts';
import { createReaches, type Reaches } from '../services/reaches.ts';
import type { RuleState } from '../services/ruleState.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import { createViewState, type ViewState } from '../services/viewState.ts';
import { dragNodes } from './dragNodes.ts';
import { followFilter } from './filterInventory.ts';
import { type InventoryView, showInventoryView } from './inventoryView.ts';
import { type JournalView, showJournalView } from './journalView.ts';
import { type NodePages, provideNodePages } from './nodePages.ts';
import { createSavedSelections, type SavedSelections } from './savedSelections.ts';

/** The inventory view and what belongs to it. */
export type InventoryFeature = Disposable & {
  readonly view: InventoryView;
  readonly viewState: ViewState;
  readonly reaches: Reaches;
  readonly pages: NodePages;
  readonly journals: Journals;
  readonly journalView: JournalView;
  readonly saved: SavedSelections;
};

type Deps = {
  readonly context: vscode.ExtensionContext;
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
  readonly outcomes: Outcomes;
  readonly rules: RuleState;
};

export function showInventory(deps: Deps): InventoryFeature {
  const { workspaceState: state } = deps.context;
  const reaches = createReaches();
  const viewState = createViewState(state);
  const journals = createJournals(deps.link, deps.outcomes);
  const journalView = showJournalView(journals);
  const pages = provideNodePages({ ...deps, reaches, journals });
  const view = showInventoryView({ ...deps, viewState, reaches, pages, drop: dragNodes(deps) });
  const filter = followFilter({ ...deps, viewState });
  return {
    view,
    viewState,
    reaches,
    pages,
    journals,
    journalView,
    saved: createSavedSelections({ ...deps, state, viewState }),
    dispose: () => [view, filter, pages, journalView, journals, reaches].forEach((each) => each.dispose()),
  };
}
