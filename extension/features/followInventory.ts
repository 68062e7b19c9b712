import type { Disposable } from '../../core/util/emitter.ts';
import { isBareFolder } from '../model/tree.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import { setContext } from '../services/setContext.ts';

/** Keeps the context keys that welcome views and menus depend on. */
export function followInventory(inventory: InventoryStore): Disposable {
  return inventory.onDidChange(({ index, problems }) => {
    setContext('muster.inventoryLoaded', true);
    setContext('muster.hasInventory', !isBareFolder(index));
    setContext(
      'muster.sourcesHeld',
      index.inventory.sources.some(({ approvals }) => approvals.length > 0),
    );
    setContext('muster.inventoryBroken', problems.length > 0);
  });
}
