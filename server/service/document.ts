import type { Range } from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Inventory, InventoryIndex } from '../../core/inventory/model.ts';
import { indexInventory } from '../../core/inventory/model.ts';
import { readInventory } from '../../core/inventory/readInventory.ts';
import { readConfig, configLevelOf } from '../../core/config/config.ts';
import { ConfigFile } from '../../core/schema/config.ts';
import { InventoryFile } from '../../core/schema/inventory.ts';
import type { TextRange } from '../../core/util/problem.ts';
import type { ParsedDocument } from '../../core/yaml/parseDocument.ts';

/** One version of a document with everything that was read from it. Other kinds than inventories have no nodes. */
export type InventoryDocument = {
  readonly document: TextDocument;
  /** Of the kind of file. */
  readonly schema: FileSchema;
  readonly parsed: ParsedDocument<unknown>;
  readonly inventory: Inventory;
  readonly index: InventoryIndex;
};

/** What the documents of one kind may contain. */
type FileSchema = typeof InventoryFile | typeof ConfigFile;

/** Language ids of the documents that this service understands. */
export const inventoryLanguage = 'muster-inventory';
export const configLanguage = 'muster-config';

export function isOurs({ languageId }: TextDocument): boolean {
  return languageId === inventoryLanguage || languageId === configLanguage;
}

/** Reads a document by its language. */
export function openDocument(document: TextDocument): InventoryDocument {
  return document.languageId === configLanguage ? openConfig(document) : openInventory(document);
}

function openConfig(document: TextDocument): InventoryDocument {
  const level = configLevelOf(document.uri);
  const { document: parsed, problems } = readConfig(document.getText(), { file: document.uri, level });
  const { inventory } = readInventory('', { source: document.uri, resolvePath: (path) => path });
  const own = { ...inventory, problems: [...problems] };
  return { document, schema: ConfigFile, parsed, inventory: own, index: indexInventory(own) };
}

/** Reads a document with the same parser as the engine. */
export function openInventory(document: TextDocument): InventoryDocument {
  const source = document.uri;
  const read = readInventory(document.getText(), { source, resolvePath: (path) => path });
  const { inventory, document: parsed } = read;
  return { document, schema: InventoryFile, parsed, inventory, index: indexInventory(inventory) };
}

/** A place of the core as editors count: lines and characters from 0. */
export function rangeOf(document: TextDocument, range: TextRange | undefined): Range {
  const { start, end } = range ?? { start: 0, end: 0 };
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
