import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { isBareFolder } from '../model/tree.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';

/** Keeps the context keys that welcome views and menus depend on. */
export function followInventory(inventory: InventoryStore): Disposable {
  return inventory.onDidChange(({ index, problems }) => {
    set('muster.inventoryLoaded', true);
    set('muster.hasInventory', !isBareFolder(index));
    set(
      'muster.sourcesHeld',
      index.inventory.sources.some(({ approvals }) => approvals.length > 0),
    );
    set('muster.inventoryBroken', problems.length > 0);
  });
}

function set(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
