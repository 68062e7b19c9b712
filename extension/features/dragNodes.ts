import * as vscode from 'vscode';
import type { TreeElement } from '../model/tree.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import { editNodes } from './editInventory.ts';

const mime = 'application/vnd.code.tree.muster.inventory';

/** Nodes that are dropped onto a group or a tag are written into it. */
export function dragNodes(deps: {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
}): vscode.TreeDragAndDropController<TreeElement> {
  return {
    dragMimeTypes: [mime],
    dropMimeTypes: [mime],
    handleDrag: (rows, data) => {
      data.set(mime, new vscode.DataTransferItem(rows.flatMap(({ nodes }) => nodes)));
    },
    handleDrop: async (row, data) => {
      const dropped: unknown = data.get(mime)?.value;
      const nodes = Array.isArray(dropped) ? dropped.filter((name) => typeof name === 'string') : [];
      if (nodes.length === 0 || (row?.kind !== 'group' && row?.kind !== 'tag')) return;
      await editNodes(
        { type: row.kind === 'group' ? 'add-to-group' : 'add-tag', name: row.label, nodes },
        deps,
      );
    },
  };
}
