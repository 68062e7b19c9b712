import type { Range } from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Inventory, InventoryIndex } from '../../core/inventory/model.ts';
import { emptyInventory, indexInventory } from '../../core/inventory/model.ts';
import type { InventoryPart } from '../../core/inventory/part.ts';
import { readInventory } from '../../core/inventory/readInventory.ts';
import { readConfig, configLevelOf } from '../../core/config/config.ts';
import { readPlaybook, readTask } from '../../core/playbook/read/readPlaybook.ts';
import { ConfigFile } from '../../core/schema/config.ts';
import { InventoryFile } from '../../core/schema/inventory.ts';
import { PlaybookFile } from '../../core/schema/playbook.ts';
import { PolicyFile } from '../../core/schema/policy.ts';
import { TaskFile } from '../../core/schema/task.ts';
import type { Problem, TextRange } from '../../core/util/problem.ts';
import { type ParsedDocument, parseDocument } from '../../core/yaml/parseDocument.ts';

/** The schema of a kind of file. */
type FileSchema = Parameters<typeof parseDocument<unknown>>[1];

/** One version of a document with everything that was read from it. */
export type MusterDocument = {
  readonly document: TextDocument;
  readonly schema: FileSchema;
  readonly parsed: ParsedDocument<unknown>;
  readonly problems: readonly Problem[];
  /** The nodes that it describes; none in a file of another kind. */
  readonly inventory: Inventory;
  readonly index: InventoryIndex;
  /** What an inventory says, before it is merged with others; absent in a file of another kind. */
  readonly part?: InventoryPart;
};

/** Reads a document with the same parser as the engine. */
export type OpenDocument = (document: TextDocument) => MusterDocument;

/** How documents of a language are read; undefined for one that this service does not understand. */
export function readerFor(languageId: string): OpenDocument | undefined {
  return languages.get(languageId);
}

const languages: ReadonlyMap<string, OpenDocument> = new Map([
  ['muster-inventory', openInventory],
  ['muster-playbook', openPlaybook],
  ['muster-task', openTask],
  ['muster-config', openConfig],
  ['muster-policy', openPolicy],
]);

const noNodes = { inventory: emptyInventory, index: indexInventory(emptyInventory) };

function openInventory(document: TextDocument): MusterDocument {
  const source = document.uri;
  const read = readInventory(document.getText(), { source, resolvePath: (path) => path });
  const { inventory, part, document: parsed } = read;
  const { problems } = inventory;
  const index = indexInventory(inventory);
  return { document, schema: InventoryFile, parsed, problems, inventory, index, part };
}

function openConfig(document: TextDocument): MusterDocument {
  const level = configLevelOf(document.uri);
  const { document: parsed, problems } = readConfig(document.getText(), { file: document.uri, level });
  return { document, schema: ConfigFile, parsed, problems, ...noNodes };
}

function openPlaybook(document: TextDocument): MusterDocument {
  const { document: parsed, problems } = readPlaybook(document.getText());
  return { document, schema: PlaybookFile, parsed, problems, ...noNodes };
}

function openTask(document: TextDocument): MusterDocument {
  const { document: parsed, problems } = readTask(document.getText());
  return { document, schema: TaskFile, parsed, problems, ...noNodes };
}

function openPolicy(document: TextDocument): MusterDocument {
  const parsed = parseDocument(document.getText(), PolicyFile);
  return { document, schema: PolicyFile, parsed, problems: parsed.problems, ...noNodes };
}

/** A place of the core as editors count: lines and characters from 0. */
export function rangeOf(document: TextDocument, range: TextRange | undefined): Range {
  const { start, end } = range ?? { start: 0, end: 0 };
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
