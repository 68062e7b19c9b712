import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { emptyInventory, indexInventory, type InventoryIndex } from '../../core/inventory/model.ts';
import type { SourceRef } from '../../core/inventory/source.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import { errorsIn, type Problem } from '../../core/util/problem.ts';
import { onSettingChange, type Settings } from '../settings.ts';
import type { EngineLink } from './engineLink.ts';
import { findInventories, watchWorkspace } from './inventoryFiles.ts';
import { oneAtATime } from './oneAtATime.ts';
import { watchSources } from './sourceWatch.ts';

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
  const reads = oneAtATime<InventoryState>();
  let state: InventoryState | undefined;
  let good: { index: InventoryIndex; at: number } | undefined;
  let stale = false;
  let visible = false;
  let timer: NodeJS.Timeout | undefined;

  const watched = watchSources(() => touch());

  const read = async (why: 'asked' | 'stale'): Promise<InventoryState> => {
    stale = false;
    const next = withSameIndex(state, await readInventory(deps, { good, refresh: why === 'asked' }));
    watched.follow(next.index.inventory.sources);
    if (next.problems.length === 0) good = { index: next.index, at: Date.now() };
    state = next;
    changed.fire(next);
    return next;
  };

  const readNext = (why: 'asked' | 'stale'): Promise<InventoryState> => {
    if (owned.length === 0) owned.push(watched, watchWorkspace(touch), onSettingChange('inventory', touch));
    return reads.run(() => read(why));
  };

  const touch = (): void => {
    stale = true;
    if (!visible) return;
    clearTimeout(timer);
    timer = setTimeout(
      () => void readNext('stale').catch((error) => deps.log.error(String(error))),
      settleMs,
    );
  };

  return {
    get state() {
      return state;
    },
    load: () => (state && !stale ? Promise.resolve(state) : (reads.current ?? readNext('stale'))),
    refresh: () => readNext('asked'),
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
  { good, refresh }: { good: { index: InventoryIndex; at: number } | undefined; refresh: boolean },
): Promise<InventoryState> {
  const client = await link.client();
  if (!client.ok) return unreadable(client.error.message, good);
  const sources = await findInventories(settings, client.value);
  const inventory = await client.value.inventory({ sources, refresh });
  const problems = errorsIn(inventory.problems);
  const shownAsOf = inventory.sources.find((source) => source.shownAsOf !== undefined)?.shownAsOf;
  return {
    sources,
    index: indexInventory(inventory),
    problems,
    ...(shownAsOf !== undefined && { shownAsOf }),
  };
}

/** The index of before where nothing has changed: nothing has to be drawn anew then. */
function withSameIndex(before: InventoryState | undefined, now: InventoryState): InventoryState {
  const isSame = isDeepStrictEqual(now.index.inventory, before?.index.inventory);
  return before && isSame ? { ...now, index: before.index } : now;
}

/** Without an engine nothing can be read; what was read before stays on the screen. */
function unreadable(
  message: string,
  good: { index: InventoryIndex; at: number } | undefined,
): InventoryState {
  const problems: Problem[] = [{ code: 'engine', severity: 'error', message }];
  if (!good) return { sources: [], index: indexInventory(emptyInventory), problems };
  return { sources: [], index: good.index, problems, shownAsOf: good.at };
}
