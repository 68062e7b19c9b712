import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import type { MusterDocument } from '../../server/service/document.ts';
import { readerFor } from '../../server/service/document.ts';

/** A document and the place of the `|` that stood in it. */
export function atCursor(text: string): { inventory: MusterDocument; position: Position } {
  const offset = text.indexOf('|');
  assert.notEqual(offset, -1, 'the text has no cursor');
  const inventory = inventoryOf(text.slice(0, offset) + text.slice(offset + 1));
  return { inventory, position: inventory.document.positionAt(offset) };
}

export function inventoryOf(text: string): MusterDocument {
  return documentOf(text, 'muster-inventory');
}

export function documentOf(text: string, language: string, uri = 'file:///file.yaml'): MusterDocument {
  const opened = readerFor(language)?.(TextDocument.create(uri, language, 1, text));
  assert.ok(opened);
  return opened;
}
