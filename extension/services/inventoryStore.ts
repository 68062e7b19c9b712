import * as vscode from 'vscode';
import { emptyInventory, indexInventory, type InventoryIndex } from '../../core/inventory/model.ts';
import type { SourceRef } from '../../core/inventory/source.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import { hasErrors, type Problem } from '../../core/util/problem.ts';
import { onSettingChange, type Settings } from '../settings.ts';
import type { EngineLink } from './engineLink.ts';
import { findInventories, inventoryPatterns } from './inventoryFiles.ts';

/** What is known about the nodes: the last good inventory, and what is wrong with the one on disk. */
export type InventoryState = {
  readonly sources: readonly SourceRef[];
  readonly index: InventoryIndex;
  /** Errors of the files as they are now; with any, nothing may run. */
  readonly problems: readonly Problem[];
  /** Milliseconds since the epoch; set while an older inventory is shown because of the problems. */
  readonly shownAsOf?: number;
};

export type InventoryStore = Disposable & {
  /** Undefined until somebody has asked for it. */
  readonly state: InventoryState | undefined;
  /** Finds and reads the inventories on the first call; later calls give what is known. */
  load(): Promise<InventoryState>;
  /** Finds and reads them again. */
  refresh(): Promise<InventoryState>;
  /** While nobody looks, a changed file is only remembered as such. */
  setVisible(visible: boolean): void;
  readonly onDidChange: Event<InventoryState>;
};

export type InventoryStoreDeps = {
  readonly link: EngineLink;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
};

const settleMs = 200;

export function createInventoryStore(deps: InventoryStoreDeps): InventoryStore {
  const changed = new Emitter<InventoryState>((error) => deps.log.error(String(error)));
  const owned: vscode.Disposable[] = [];
  let state: InventoryState | undefined;
  let reading: Promise<InventoryState> | undefined;
  let good: { index: InventoryIndex; at: number } | undefined;
  let stale = false;
  let visible = false;
  let timer: NodeJS.Timeout | undefined;

  const read = async (): Promise<InventoryState> => {
    stale = false;
    const next = await readInventory(deps, good);
    if (next.problems.length === 0) good = { index: next.index, at: Date.now() };
    state = next;
    changed.fire(next);
    return next;
  };

  /** One read at a time; who asks while one is under way gets a new one after it. */
  const refresh = (): Promise<InventoryState> => {
    if (owned.length === 0) watch();
    const after = reading ? reading.then(read, read) : read();
    reading = after;
    const clear = (): void => {
      if (reading === after) reading = undefined;
    };
    after.then(clear, clear);
    return after;
  };

  const touch = (): void => {
    stale = true;
    if (!visible) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh().catch((error) => deps.log.error(String(error))), settleMs);
  };

  const watch = (): void => {
    for (const pattern of inventoryPatterns(deps.settings)) {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      owned.push(watcher, watcher.onDidChange(touch), watcher.onDidCreate(touch), watcher.onDidDelete(touch));
    }
    owned.push(vscode.workspace.onDidChangeWorkspaceFolders(touch));
    owned.push(onSettingChange('inventory.paths', touch));
  };

  return {
    get state() {
      return state;
    },
    load: () => (state && !stale ? Promise.resolve(state) : (reading ?? refresh())),
    refresh,
    setVisible: (now) => {
      visible = now;
      if (now && stale) touch();
    },
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(timer);
      for (const each of owned) each.dispose();
    },
  };
}

async function readInventory(
  { link, settings }: InventoryStoreDeps,
  good: { index: InventoryIndex; at: number } | undefined,
): Promise<InventoryState> {
  const sources = await findInventories(settings);
  if (sources.length === 0) return { sources, index: indexInventory(emptyInventory), problems: [] };
  const client = await link.client();
  if (!client.ok) return unreadable({ sources, message: client.error.message, good });
  const inventory = await client.value.inventory({ sources });
  const problems = inventory.problems.filter((problem) => problem.severity === 'error');
  if (!hasErrors(problems)) return { sources, index: indexInventory(inventory), problems };
  if (!good) return { sources, index: indexInventory(inventory), problems };
  return { sources, index: good.index, problems, shownAsOf: good.at };
}

function unreadable(input: {
  sources: readonly SourceRef[];
  message: string;
  good: { index: InventoryIndex; at: number } | undefined;
}): InventoryState {
  const { sources, message, good } = input;
  const problems: Problem[] = [{ code: 'engine', severity: 'error', message }];
  if (!good) return { sources, index: indexInventory(emptyInventory), problems };
  return { sources, index: good.index, problems, shownAsOf: good.at };
}
