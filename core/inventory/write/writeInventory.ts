import { indexInventory, type Inventory } from '../model.ts';
import type { InventoryFormat } from './format.ts';
import { ansibleList, ansibleNotes } from './ansible.ts';
import { writeCsv } from './csv.ts';
import { writeHosts } from './hosts.ts';
import { writeJson } from './json.ts';
import { writeMuster } from './muster.ts';
import { restrictTo } from './restrict.ts';
import { maskInventory } from './secrets.ts';

export type WriteOptions = {
  /** Only these nodes; groups shrink to them. */
  readonly only?: ReadonlySet<string>;
  readonly secrets: 'masked' | 'shown';
};

/** The inventory as a text that ends with a line break. What a format has no place for is left out. */
export function writeInventory(
  inventory: Inventory,
  format: InventoryFormat,
  { only, secrets }: WriteOptions,
): string {
  const chosen = only ? restrictTo(inventory, only) : inventory;
  if (format === 'ansible') {
    const list = ansibleList(chosen, { secrets, index: indexInventory(inventory) });
    return `${JSON.stringify(list, undefined, 4)}\n`;
  }
  const shown = secrets === 'masked' ? maskInventory(chosen) : chosen;
  switch (format) {
    case 'json':
      return writeJson(shown);
    case 'csv':
      return writeCsv(shown);
    case 'hosts':
      return writeHosts(shown);
    case 'muster':
      return writeMuster(shown);
  }
}

/** What the text leaves out without a place to say so, for people. */
export function exportNotes(
  inventory: Inventory,
  format: InventoryFormat,
  { only, secrets }: WriteOptions,
): readonly string[] {
  if (format !== 'ansible') return [];
  const chosen = only ? restrictTo(inventory, only) : inventory;
  return ansibleNotes(chosen, { secrets, index: indexInventory(inventory) });
}
