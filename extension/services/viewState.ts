import type * as vscode from 'vscode';
import { Emitter, type Event } from '../../core/util/emitter.ts';
import { type TreeMode, treeModes } from '../model/treeMode.ts';

/** What the tree is filtered by, and the nodes that are left. */
export type TreeFilter = { readonly text: string; readonly nodes: ReadonlySet<string> };

/** How a person looks at the inventory of this workspace; the order survives a reload. */
export type ViewState = {
  readonly mode: TreeMode;
  readonly filter: TreeFilter | undefined;
  setMode(mode: TreeMode): void;
  setFilter(filter: TreeFilter | undefined): void;
  readonly onDidChange: Event<void>;
};

const modeKey = 'muster.treeMode';

export function createViewState(state: vscode.Memento): ViewState {
  const changed = new Emitter<void>();
  let mode = treeModes.find((each) => each === state.get(modeKey)) ?? 'group';
  let filter: TreeFilter | undefined;
  return {
    get mode() {
      return mode;
    },
    get filter() {
      return filter;
    },
    setMode(next) {
      mode = next;
      void state.update(modeKey, next);
      changed.fire();
    },
    setFilter(next) {
      filter = next;
      changed.fire();
    },
    onDidChange: changed.event,
  };
}
