import type { EngineClient } from '../core/protocol/client.ts';
import type { Inventory } from '../core/inventory/model.ts';
import type { RunPanels } from './features/runPanels.ts';
import type { EngineLink } from './services/engineLink.ts';
import type { InventoryStore } from './services/inventoryStore.ts';
import type { SelectionModel } from './services/selectionModel.ts';

/** What `activate` gives to other extensions of the same host. Additions keep the version, changes raise it. */
export type MusterApi = {
  readonly apiVersion: 1;
  /** Attaches to the engine, starting it where none runs. Rejects with a message for people when that fails. */
  engine(): Promise<EngineClient>;
  /** The inventory as the tree shows it. */
  inventory(): Promise<Inventory>;
  /** Names of the ticked nodes, and a way to tick others instead. */
  ticked(): readonly string[];
  tick(names: readonly string[]): void;
  /** The run panels of this window. */
  panels(): readonly { readonly batch: string; readonly title: string; readonly visible: boolean }[];
};

export type ApiDeps = {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
  readonly panels: RunPanels;
};

export function createApi({ link, inventory, selection, panels }: ApiDeps): MusterApi {
  return {
    apiVersion: 1,
    engine: async () => {
      const client = await link.client();
      if (client.ok) return client.value;
      throw new Error(client.error.message);
    },
    inventory: async () => (await inventory.load()).index.inventory,
    ticked: () => [...selection.ticks],
    tick: (names) => selection.replace({ nodes: names }),
    panels: () => panels.all.map(({ batch, title, visible }) => ({ batch, title, visible })),
  };
}
