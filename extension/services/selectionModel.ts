import type * as vscode from 'vscode';
import { Emitter, type Event } from '../../core/util/emitter.ts';
import { applyTicks, sameTicks, type TickChange, type Ticks } from '../model/ticks.ts';

const stateKey = 'muster.ticked';

/** The ticked nodes of this workspace. They survive a reload of the window. */
export type SelectionModel = {
  readonly ticks: Ticks;
  change(changes: readonly TickChange[]): void;
  replace(names: Iterable<string>): void;
  readonly onDidChange: Event<Ticks>;
};

export function createSelectionModel(state: vscode.Memento): SelectionModel {
  const changed = new Emitter<Ticks>();
  let ticks: Ticks = new Set(state.get<readonly string[]>(stateKey, []));

  const set = (next: Ticks): void => {
    if (sameTicks(ticks, next)) return;
    ticks = next;
    void state.update(stateKey, [...next]);
    changed.fire(next);
  };

  return {
    get ticks() {
      return ticks;
    },
    change: (changes) => set(applyTicks(ticks, changes)),
    replace: (names) => set(new Set(names)),
    onDidChange: changed.event,
  };
}
