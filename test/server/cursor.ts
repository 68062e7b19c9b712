import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import type { InventoryDocument } from '../../server/service/document.ts';
import { inventoryLanguage, openInventory } from '../../server/service/document.ts';

/** A document and the place of the `|` that stood in it. */
export function atCursor(text: string): { inventory: InventoryDocument; position: Position } {
  const offset = text.indexOf('|');
  assert.notEqual(offset, -1, 'the text has no cursor');
  const inventory = inventoryOf(text.slice(0, offset) + text.slice(offset + 1));
  return { inventory, position: inventory.document.positionAt(offset) };
}

export function inventoryOf(text: string): InventoryDocument {
  return openInventory(TextDocument.create('file:///inventory.yaml', inventoryLanguage, 1, text));
}
