import type * as vscode from 'vscode';
import { emptyInventory, indexInventory } from '../../core/inventory/model.ts';
import { Emitter, type Event } from '../../core/util/emitter.ts';
import {
  applyTicks,
  type Members,
  sameTicks,
  type TickChange,
  type Ticked,
  tickedNames,
  type Ticks,
} from '../model/ticks.ts';

const nodesKey = 'muster.ticked';
const groupsKey = 'muster.tickedGroups';

/** What is ticked in this workspace. It survives a reload of the window, and every view of the tree has the same. */
export type SelectionModel = {
  readonly ticked: Ticked;
  /** All nodes that are ticked, by themselves or by a group. */
  readonly ticks: Ticks;
  change(changes: readonly TickChange[]): void;
  replace(names: Iterable<string>, groups?: Iterable<string>): void;
  /** Takes the members of groups from this inventory from now on. */
  follow(index: Members): void;
  readonly onDidChange: Event<Ticks>;
};

export function createSelectionModel(state: vscode.Memento): SelectionModel {
  const changed = new Emitter<Ticks>();
  let index: Members = indexInventory(emptyInventory);
  let ticked: Ticked = {
    nodes: new Set(state.get<readonly string[]>(nodesKey, [])),
    groups: new Set(state.get<readonly string[]>(groupsKey, [])),
  };
  let ticks = tickedNames(ticked, index);

  const set = (next: Ticked): void => {
    if (sameTicks(ticked.nodes, next.nodes) && sameTicks(ticked.groups, next.groups)) return;
    ticked = next;
    ticks = tickedNames(ticked, index);
    void state.update(nodesKey, [...next.nodes]);
    void state.update(groupsKey, [...next.groups]);
    changed.fire(ticks);
  };

  return {
    get ticked() {
      return ticked;
    },
    get ticks() {
      return ticks;
    },
    change: (changes) => set(applyTicks(ticked, changes, index)),
    replace: (names, groups = []) => set({ nodes: new Set(names), groups: new Set(groups) }),
    follow(next) {
      index = next;
      const now = tickedNames(ticked, index);
      if (sameTicks(ticks, now)) return;
      ticks = now;
      changed.fire(ticks);
    },
    onDidChange: changed.event,
  };
}
