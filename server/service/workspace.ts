import type { IndexedFile, Snapshot } from './indexedFile.ts';
import type { NodeDetail } from '../../core/inventory/detail.ts';
import type { InventoryIndex } from '../../core/inventory/model.ts';
import type { MusterDocument } from './document.ts';
import type { Facts } from './facts/occurrence.ts';
import { factsOf } from './facts.ts';
import { unpackFacts } from './facts/packed.ts';
import type { SymbolTable } from './symbols.ts';
import { nameIndex, symbolTable } from './symbols.ts';
import { rootOf, scoped } from './scoped.ts';
import { canonicalUri } from './uris.ts';
import { mergeParts } from './mergeParts.ts';
import { inventoriesNear } from './near.ts';

/** Whether somebody no longer wants the answer. Long work looks at it now and then and gives up with nothing. */
export type Token = { readonly isCancellationRequested: boolean };

/**
 * What a feature may know beside the document at hand: a value that is made anew when something changes. Open
 * documents win over what is on the disk. URIs are canonical (`canonicalUri`) wherever they are asked for.
 */
export type Workspace = {
  /** Canonical URIs of all files of ours, in order. */
  readonly uris: readonly string[];
  /** What is read from a file of ours; undefined for any other. A file that is not open is kept for a while only. */
  document(uri: string): MusterDocument | undefined;
  facts(uri: string): Facts | undefined;
  /** Version of a document that the client has open; undefined for a file that is only on the disk. */
  openVersion(uri: string): number | undefined;
  /** Every name in every file, by what it is a name of. */
  readonly symbols: SymbolTable;
  /** Nodes and groups of these inventories, as the engine merges them; what the host knows of other sources too. */
  readonly inventory: InventoryIndex;
  /** Everything that is known of a node of them, each value with its origin. */
  detail(node: string): NodeDetail | undefined;
  /** Canonical URIs of the inventories that are merged: all, or those that count for a file. */
  readonly inventories: readonly string[];
  /** What the host knows of sources that are no files of ours. */
  readonly snapshot?: Snapshot | undefined;
  /** The same workspace with the inventories that count for a file; the same value each time. */
  near(uri: string): Workspace;
  /** Whether all files have been read; until then nothing can be said of what is not there. */
  readonly isRead: boolean;
  /** Whether a name that is not there is nowhere: there are inventories, all were read, and no source is unknown. */
  readonly isClosed: boolean;
  /** Services that the configuration of the user has; undefined where nobody looked. */
  readonly userServices?: readonly string[] | undefined;
  /** Whether there is such a file or folder; undefined outside of the workspace, where nobody looks. */
  exists(uri: string): boolean | undefined;
  /** What is in a folder of the workspace, by name; undefined where there is none. */
  list(folder: string): readonly Entry[] | undefined;
  /** What is wrong with a private key of this machine, by its URI or its path below `~`; undefined: nothing is known. */
  keyFile(place: string): KeyFileState | undefined;
  /** A file of the workspace that steps fill in: the same object for as long as it is; undefined where it cannot be read. */
  text(uri: string): FileText | undefined;
};

/** A private key that is not there, or that other users of the machine may read. */
export type KeyFileState = 'missing' | 'open';

/** The text of a file that is none of ours. */
export type FileText = { readonly text: string };

export type Entry = { readonly name: string; readonly isFolder: boolean };

export type WorkspaceParts = {
  readonly files: readonly IndexedFile[];
  /** Whether these are all. */
  readonly isRead?: boolean;
  /** What the host knows of sources that are no files of ours. */
  readonly snapshot?: Snapshot | undefined;
  /** Whether all inventories count for every file, because what the client starts runs on the nodes of all of them. */
  readonly isTogether?: boolean;
  /** Folders that the client has open, by canonical URI. */
  readonly folders?: readonly string[];
  /** How the inventories are merged, for one who remembers the last time. */
  readonly merge?: typeof mergeParts;
  /** Services that the configuration of the user has, where that was read. */
  readonly userServices?: readonly string[];
  exists?(uri: string): boolean | undefined;
  list?(folder: string): readonly Entry[] | undefined;
  keyFile?(place: string): KeyFileState | undefined;
  text?(uri: string): FileText | undefined;
};

/** A workspace of these files. Symbols and inventory are only made when they are asked for. */
export function workspaceOf(parts: WorkspaceParts): Workspace {
  const { files } = parts;
  const byUri = new Map(files.map((file) => [file.uri, file]));
  const symbols = lazily(() => symbolTable(files.map(({ names }) => names)));
  const known = { ...parts, byUri, symbols, uris: [...byUri.keys()].toSorted() };
  const made = new Map<string, Workspace>();
  const all = files.filter(({ part }) => part);
  const snapshots: (Snapshot | undefined)[] = [];
  const numberOf = (snapshot: Snapshot | undefined): number => {
    const at = snapshots.indexOf(snapshot);
    return at === -1 ? snapshots.push(snapshot) - 1 : at;
  };
  const of = (inventories: readonly IndexedFile[], snapshot: Snapshot | undefined): Workspace => {
    const uris = inventories.map(({ uri }) => uri);
    const key = [...uris, numberOf(snapshot)].join('\n');
    const before = made.get(key);
    if (before) return before;
    const workspace = workspaceWith({ ...known, snapshot }, inventories, near);
    made.set(key, workspace);
    return workspace;
  };
  const near = (uri: string): Workspace => {
    const { folders = [], snapshot, isTogether = false } = parts;
    if (isTogether) return of(all, snapshot);
    const inventories = inventoriesNear(uri, files);
    const seen = { root: rootOf(uri, folders), folders, near: inventories, all };
    return of(inventories, snapshot && scoped(snapshot, seen));
  };
  return of(all, parts.snapshot);
}

type Known = WorkspaceParts & {
  readonly byUri: ReadonlyMap<string, IndexedFile>;
  readonly uris: readonly string[];
  readonly symbols: () => SymbolTable;
};

function workspaceWith(
  { byUri, uris, symbols, isRead = true, snapshot, merge = mergeParts, ...known }: Known,
  inventories: readonly IndexedFile[],
  near: Workspace['near'],
): Workspace {
  const inventory = lazily(() => merge(inventories, snapshot));
  return {
    uris,
    inventories: inventories.map(({ uri }) => uri),
    snapshot,
    near,
    document: (uri) => byUri.get(uri)?.read(),
    facts: (uri) => byUri.get(uri)?.names.facts,
    openVersion: (uri) => byUri.get(uri)?.version,
    isRead,
    get symbols() {
      return symbols();
    },
    get inventory() {
      return inventory().index;
    },
    detail: (node) => inventory().detail(node),
    get isClosed() {
      return isRead && inventory().isClosed;
    },
    userServices: known.userServices,
    exists: (uri) => (byUri.has(uri) ? true : known.exists?.(uri)),
    list: (folder) => known.list?.(folder),
    keyFile: (place) => known.keyFile?.(place),
    text: (uri) => known.text?.(uri),
  };
}

/** What a document is told of: policies and configurations are about all inventories. */
export function workspaceFor(
  { document: { uri, languageId } }: MusterDocument,
  workspace: Workspace,
): Workspace {
  const isAboutAll = languageId === 'muster-policy' || languageId === 'muster-config';
  return isAboutAll ? workspace : workspace.near(canonicalUri(uri));
}

/** A document that the client has open, as the index keeps it: it is read when something of it is asked for. */
export function indexed(document: MusterDocument): IndexedFile {
  const { uri, version, languageId } = document.document;
  const { beside } = document;
  const facts = (): Facts => (typeof beside === 'object' ? unpackFacts(beside.facts) : factsOf(document));
  const names = lazily(() => nameIndex(facts()));
  const file: IndexedFile = {
    uri: canonicalUri(uri),
    get names() {
      return names();
    },
    version,
    read: () => document,
  };
  if (languageId !== 'muster-inventory') return file;
  return Object.defineProperty(file, 'part', { enumerable: true, get: () => document.part });
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
