import type { Range } from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Inventory, InventoryIndex } from '../../core/inventory/model.ts';
import { indexInventory } from '../../core/inventory/model.ts';
import { readInventory } from '../../core/inventory/readInventory.ts';
import type { InventoryFile } from '../../core/schema/inventory.ts';
import type { TextRange } from '../../core/util/problem.ts';
import type { ParsedDocument } from '../../core/yaml/parseDocument.ts';

/** One version of an inventory document with everything that was read from it. */
export type InventoryDocument = {
  readonly document: TextDocument;
  readonly parsed: ParsedDocument<InventoryFile>;
  readonly inventory: Inventory;
  readonly index: InventoryIndex;
};

/** Language id of the documents that this service understands. */
export const inventoryLanguage = 'muster-inventory';

/** Reads a document with the same parser as the engine. */
export function openInventory(document: TextDocument): InventoryDocument {
  const source = document.uri;
  const read = readInventory(document.getText(), { source, resolvePath: (path) => path });
  const { inventory, document: parsed } = read;
  return { document, parsed, inventory, index: indexInventory(inventory) };
}

/** A place of the core as editors count: lines and characters from 0. */
export function rangeOf(document: TextDocument, range: TextRange | undefined): Range {
  const { start, end } = range ?? { start: 0, end: 0 };
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
