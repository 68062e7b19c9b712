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
import type { ReadData } from '../../core/yaml/readData.ts';
import { shapesOf } from '../../core/schema/shape.ts';
import { linesOf } from '../../core/yaml/lines.ts';
import type { ProblemsOf } from '../../core/yaml/repair.ts';
import { type ParsedDocument, parseDocument } from '../../core/yaml/parseDocument.ts';
import type { FileFacts } from './facts/packed.ts';
import { type Damage, readRepaired } from './repaired.ts';

/** The schema of a kind of file. */
type FileSchema = Parameters<typeof parseDocument<unknown>>[1];

/** What is read from a text with its parser. */
type Read = {
  readonly parsed: ParsedDocument<unknown>;
  readonly problems: readonly Problem[];
  /** What is not to be trusted of it, where it does not parse. */
  readonly damage: Damage;
  /** The nodes that it describes; none in a file of another kind. */
  readonly inventory: Inventory;
  readonly index: InventoryIndex;
  /** What an inventory says, before it is merged with others; absent in a file of another kind. */
  readonly part: InventoryPart | undefined;
};

/** One version of a document with everything that is read from it: once, when the first of it is asked for. */
export type MusterDocument = Read & {
  readonly document: TextDocument;
  readonly schema: FileSchema;
  /** Set where it is not read here: what was found of it elsewhere, or that it is being read in portions. */
  readonly beside?: Beside | undefined;
};

/** What is known of a document that is not read here. */
export type Beside = FileFacts | 'waiting' | 'failed' | 'reading';

/** Reads a document with the same parser as the engine; faster with a `compose` that remembers the version before. */
export type OpenDocument = (document: TextDocument, readText?: ReadData) => MusterDocument;

/** How documents of a language are read; undefined for one that this service does not understand. */
export function readerFor(languageId: string): OpenDocument | undefined {
  const language = languages.get(languageId);
  return language && ((document, readText) => lazyDocument(document, language, readText));
}

/** What documents of a language look like; undefined for one that this service does not understand. */
export function schemaFor(languageId: string): FileSchema | undefined {
  return languages.get(languageId)?.schema;
}

type Language = {
  readonly schema: FileSchema;
  readonly read: (document: TextDocument, readText?: ReadData) => Read;
};

const languages: ReadonlyMap<string, Language> = new Map<string, Language>([
  ['muster-inventory', { schema: InventoryFile, read: inventoryOf }],
  ['muster-playbook', { schema: PlaybookFile, read: playbookOf }],
  ['muster-task', { schema: TaskFile, read: taskOf }],
  ['muster-config', { schema: ConfigFile, read: configOf }],
  ['muster-policy', { schema: PolicyFile, read: policyOf }],
]);

/** Completion asks before the text is read, and does not wait for it. */
function lazyDocument(
  document: TextDocument,
  { schema, read }: Language,
  readText?: ReadData,
): MusterDocument {
  let made: Read | undefined;
  const all = (): Read => (made ??= read(document, readText));
  return {
    document,
    schema,
    get parsed() {
      return all().parsed;
    },
    get problems() {
      return all().problems;
    },
    get damage() {
      return all().damage;
    },
    get inventory() {
      return all().inventory;
    },
    get index() {
      return all().index;
    },
    get part() {
      return all().part;
    },
  };
}

function playbookOf(document: TextDocument, readText?: ReadData): Read {
  const read = (text: string) => readPlaybook(text, undefined, readText);
  return withoutNodes(document, read, problemsOf(PlaybookFile, readText));
}

function taskOf(document: TextDocument, readText?: ReadData): Read {
  const read = (text: string) => readTask(text, undefined, readText);
  return withoutNodes(document, read, problemsOf(TaskFile, readText));
}

function inventoryOf(document: TextDocument, readText?: ReadData): Read {
  const source = document.uri;
  const reader = (text: string) => {
    const given = readInventory(text, { source, resolvePath: (path) => path, readText });
    return { ...given, problems: given.inventory.problems };
  };
  const read = readRepaired(document.getText(), reader, problemsOf(InventoryFile, readText));
  const { inventory, document: parsed, problems, damage } = read;
  const part = { ...read.part, problems };
  return { parsed, problems, damage, inventory, index: indexInventory(inventory), part };
}

function configOf(document: TextDocument): Read {
  const level = configLevelOf(document.uri);
  return withoutNodes(document, (text) => readConfig(text, { file: document.uri, level }));
}

function policyOf(document: TextDocument): Read {
  return withoutNodes(document, (text) => {
    const parsed = parseDocument(text, PolicyFile);
    return { document: parsed, problems: parsed.problems };
  });
}

/** What is wrong with the form of a text, by a reader that remembers the text before. */
function problemsOf(schema: FileSchema, readText: ReadData | undefined): ProblemsOf | undefined {
  return readText && ((text) => readText(text, linesOf(text), shapesOf(schema)).problems.yaml);
}

function withoutNodes(
  document: TextDocument,
  reader: Parameters<typeof readRepaired>[1],
  formOf?: ProblemsOf,
): Read {
  const { document: parsed, problems, damage } = readRepaired(document.getText(), reader, formOf);
  return {
    parsed,
    problems,
    damage,
    inventory: emptyInventory,
    index: indexInventory(emptyInventory),
    part: undefined,
  };
}

/** A place of the core as editors count: lines and characters from 0. */
export function rangeOf(document: TextDocument, range: TextRange | undefined): Range {
  const { start, end } = range ?? { start: 0, end: 0 };
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
