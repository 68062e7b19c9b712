import type { Inventory } from '../model.ts';
import type { InventoryFormat } from './format.ts';
import { ansibleList } from './ansible.ts';
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
  const shown = secrets === 'masked' ? maskInventory(chosen) : chosen;
  switch (format) {
    case 'ansible':
      return `${JSON.stringify(ansibleList(shown), undefined, 4)}\n`;
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
