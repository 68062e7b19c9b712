import type { EngineClient } from '../../core/protocol/client.ts';
import type { Inventory } from '../../core/inventory/model.ts';
import { indexInventory } from '../../core/inventory/model.ts';
import { parseSelection } from '../../core/selection/parse.ts';
import { resolveSelection } from '../../core/selection/resolve.ts';
import type { Result } from '../../core/util/errors.ts';
import { hasErrors } from '../../core/util/problem.ts';
import type { InventoryLoader } from '../sources/loadInventory.ts';

export type InventoryMethods = Pick<
  EngineClient,
  'inventory' | 'resolve' | 'node' | 'exportInventory' | 'reach' | 'approve' | 'editInventory'
>;

const missing: Result<never> = { ok: false, error: { code: 'NOT_FOUND', message: 'Not there.' } };

/** What a client may ask about inventories. */
export function inventoryMethods(loader: InventoryLoader): InventoryMethods {
  return {
    async inventory({ sources }) {
      return outlineOf((await loader.load(sources)).inventory);
    },
    async resolve({ sources, selection }) {
      const parsed = parseSelection(selection);
      if (!parsed.selection || hasErrors(parsed.problems)) return { nodes: [], problems: parsed.problems };
      return resolveSelection(parsed.selection, indexInventory((await loader.load(sources)).inventory));
    },
    async node({ sources, node }) {
      const detail = (await loader.load(sources)).detail(node);
      if (detail) return { ok: true, value: detail };
      return { ok: false, error: { code: 'NOT_FOUND', message: `There is no node ${node}.` } };
    },
    exportInventory: async () => missing,
    reach: async () => missing,
    approve: async () => missing,
    editInventory: async () => missing,
  };
}

/** An inventory without vars, which can be a hundred times as much as the rest. */
function outlineOf(inventory: Inventory): Inventory {
  return {
    ...inventory,
    nodes: inventory.nodes.map((node) => ({ ...node, vars: {} })),
    groups: inventory.groups.map((group) => ({ ...group, vars: {} })),
  };
}
