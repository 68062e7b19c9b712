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

const keys = { nodes: 'muster.ticked', groups: 'muster.tickedGroups', tags: 'muster.tickedTags' } as const;
const kinds = ['nodes', 'groups', 'tags'] as const;

/** Names to tick instead of what is ticked now. */
export type NewTicks = {
  readonly nodes?: Iterable<string>;
  readonly groups?: Iterable<string>;
  readonly tags?: Iterable<string>;
};

/** What is ticked in this workspace. It survives a reload of the window, and every view of the tree has the same. */
export type SelectionModel = {
  readonly ticked: Ticked;
  /** All nodes that are ticked, by themselves or by a group or tag. */
  readonly ticks: Ticks;
  change(changes: readonly TickChange[]): void;
  replace(next: NewTicks): void;
  /** Takes the members of groups and tags from this inventory from now on. */
  follow(index: Members): void;
  readonly onDidChange: Event<Ticks>;
};

export function createSelectionModel(state: vscode.Memento): SelectionModel {
  const changed = new Emitter<Ticks>();
  let index: Members = indexInventory(emptyInventory);
  let ticked = tickedOf({
    nodes: state.get<readonly string[]>(keys.nodes, []),
    groups: state.get<readonly string[]>(keys.groups, []),
    tags: state.get<readonly string[]>(keys.tags, []),
  });
  let ticks = tickedNames(ticked, index);

  const set = (next: Ticked): void => {
    if (kinds.every((kind) => sameTicks(ticked[kind], next[kind]))) return;
    ticked = next;
    ticks = tickedNames(ticked, index);
    for (const kind of kinds) void state.update(keys[kind], [...next[kind]]);
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
    replace: (next) => set(tickedOf(next)),
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

function tickedOf({ nodes = [], groups = [], tags = [] }: NewTicks): Ticked {
  return { nodes: new Set(nodes), groups: new Set(groups), tags: new Set(tags) };
}
