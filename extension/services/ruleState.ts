import * as vscode from 'vscode';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { PolicyState } from '../../core/protocol/policy.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import type { EngineLink } from './engineLink.ts';
import type { InventoryStore } from './inventoryStore.ts';

/** What the rules deny to everybody now: a freeze, files with errors. Starts no engine to find out. */
export type RuleState = Disposable & {
  /** Undefined until an engine was asked. */
  readonly state: PolicyState | undefined;
  /** Asks again; somebody else may have changed it, at a command line or in another window. */
  refresh(): Promise<void>;
  readonly onDidChange: Event<void>;
};

export type RuleStateDeps = {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly report: (error: unknown) => void;
};

/** Milliseconds that a timer can wait. */
const longestTimer = 2_147_483_647;

/** Asks when an engine is there, when inventories change, when the window comes to the front, when a freeze ends. */
export function createRuleState({ link, inventory, report }: RuleStateDeps): RuleState {
  const changed = new Emitter<void>(report);
  let client: EngineClient | undefined;
  let state: PolicyState | undefined;
  let timer: NodeJS.Timeout | undefined;
  const refresh = async (): Promise<void> => {
    const next = await client?.policy({ sources: inventory.state?.sources ?? [] });
    if (!next) return;
    clearTimeout(timer);
    const wait = (next.frozen?.until ?? Infinity) - Date.now();
    if (wait < longestTimer) timer = setTimeout(look, Math.max(wait, 0) + 100);
    const isNews = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (isNews) changed.fire();
  };
  const look = (): void => void refresh().catch(report);
  const owned: Disposable[] = [
    link.onAttached((attached) => {
      client = attached;
      look();
    }),
    link.onGone(() => (client = undefined)),
    inventory.onDidChange(look),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && look()),
  ];
  return {
    get state() {
      return state;
    },
    refresh,
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(timer);
      for (const each of owned) each.dispose();
    },
  };
}
