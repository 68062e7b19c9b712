import { createHash } from 'node:crypto';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Emitter, type Event } from '../../core/util/emitter.ts';
import type { Dependence } from '../service/dependence.ts';
import { changesBetween, dependenceOf, dependsOn } from '../service/dependence.ts';
import type { MusterDocument } from '../service/document.ts';
import { readerFor } from '../service/document.ts';
import { languageOf } from '../service/languages.ts';
import { mergeParts } from '../service/mergeParts.ts';
import { canonicalUri, isInside } from '../service/uris.ts';
import type { IndexedFile, Snapshot, Workspace } from '../service/workspace.ts';
import { indexed, workspaceOf } from '../service/workspace.ts';
import type { Scheduler } from './scheduler.ts';
import { filesBelow, listFolder, pathKind, readText } from './workspaceFiles.ts';

/** All files of ours in the folders of a client, and what depends on what. Open documents win over the disk. */
export type WorkspaceIndex = {
  /** What is known now; the same value until something changes. */
  workspace(): Workspace;
  /** Settles once every file of the folders has been read. */
  readonly ready: Promise<void>;
  /** Reads the files of these folders, and forgets those of others. */
  setFolders(folders: readonly string[]): Promise<void>;
  /** Files that were made, changed or deleted on the disk. */
  reread(uris: readonly string[]): Promise<void>;
  setSnapshot(snapshot: Snapshot): void;
  /** An open document has another text, was opened or closed: what was known of it is forgotten. */
  forget(): void;
  /** Looks what has changed in a document for others, now that typing rests. */
  settle(uri: string): void;
  /** Open documents whose problems may be others now, because something that they depend on has changed. */
  readonly onDidChange: Event<ReadonlySet<string>>;
};

export type IndexDeps = {
  readonly scheduler: Scheduler;
  /** Documents that the client has open, by canonical URI; each read when it is first asked for. */
  readonly open: () => ReadonlyMap<string, () => MusterDocument>;
  readonly report: (error: unknown) => void;
};

type Known = IndexedFile & { readonly hash: string };

export function createIndex({ scheduler, open, report }: IndexDeps): WorkspaceIndex {
  const changed = new Emitter<ReadonlySet<string>>(report);
  const disk = new Map<string, Known>();
  const told = new Map<string, Dependence>();
  const merge = rememberLast(mergeParts);
  const opened = rememberDocuments();
  let folders: readonly string[] = [];
  let snapshot: Snapshot | undefined;
  let current: Workspace | undefined;
  let ready = Promise.resolve();

  const files = (): readonly IndexedFile[] => {
    const documents = new Map([...open()].map(([uri, read]) => [uri, opened(read())]));
    return [...new Map<string, IndexedFile>([...disk, ...documents]).values()];
  };
  const isHere = (uri: string): boolean => folders.some((folder) => isInside(uri, folder));
  const workspace = (): Workspace =>
    (current ??= workspaceOf({
      files: files(),
      snapshot,
      merge,
      exists: (uri) => (isHere(uri) ? pathKind(uri) !== undefined : undefined),
      list: (folder) => (isHere(folder) ? listFolder(folder, folders) : undefined),
    }));

  /** Says which open documents depend on what has changed of these files. */
  const tell = (uris: readonly string[], alsoChanged: readonly string[] = []): void => {
    current = undefined;
    const keys = new Set(alsoChanged);
    for (const uri of uris) {
      const now = dependence(uri);
      for (const key of changesBetween(told.get(uri), now)) keys.add(key);
      if (now) told.set(uri, now);
      else told.delete(uri);
    }
    if (keys.size === 0) return;
    const affected = [...open().keys()].filter((uri) => {
      const each = dependence(uri);
      return !uris.includes(uri) && each !== undefined && dependsOn(each, keys);
    });
    if (affected.length > 0) changed.fire(new Set(affected));
  };
  const dependence = (uri: string): Dependence | undefined => {
    const document = open().get(uri)?.();
    const file = document ? opened(document) : disk.get(uri);
    const version = document ? String(document.document.version) : (disk.get(uri)?.hash ?? '');
    return file && dependenceOf(file.names.facts, { uri, version });
  };

  const readOne = async (uri: string): Promise<void> => {
    const text = isHere(uri) && languageOf(uri) !== undefined ? await readText(uri, folders) : undefined;
    const known = text === undefined ? undefined : await readKnown(uri, text, disk.get(uri));
    if (known) disk.set(uri, known);
    else disk.delete(uri);
  };
  const rereadAll = async (uris: readonly string[]): Promise<void> => {
    for (const uri of uris) await scheduler.run('background', () => readOne(uri));
    tell(
      uris,
      uris.map((uri) => `file ${uri}`),
    );
  };
  const fill = async (): Promise<void> => {
    const found: string[] = [];
    for (const folder of folders) for await (const uri of filesBelow(folder)) found.push(uri);
    const gone = [...disk.keys()].filter((uri) => !found.includes(uri));
    for (const uri of gone) disk.delete(uri);
    await rereadAll([...found, ...gone]);
  };

  return {
    workspace,
    get ready() {
      return ready;
    },
    setFolders: (next) => {
      folders = next
        .map((folder) => canonicalUri(folder).replace(/\/$/, ''))
        .filter((uri) => uri.startsWith('file:'));
      ready = fill().catch(report);
      return ready;
    },
    reread: (uris) => rereadAll([...new Set(uris.map(canonicalUri))]),
    setSnapshot: (next) => {
      snapshot = next;
      tell([], ['inventory']);
    },
    forget: () => (current = undefined),
    settle: (uri) => tell([canonicalUri(uri)]),
    onDidChange: changed.event,
  };
}

/** A file as it is kept: its facts, not its tree. The same as before where its text is. */
async function readKnown(uri: string, text: string, before: Known | undefined): Promise<Known | undefined> {
  const hash = createHash('sha1').update(text).digest('base64');
  if (before?.hash === hash) return before;
  const languageId = languageOf(uri);
  const read = languageId === undefined ? undefined : readerFor(languageId);
  if (languageId === undefined || !read) return undefined;
  const again = (): MusterDocument => read(TextDocument.create(uri, languageId, 0, text));
  const { version: _notOpen, ...file } = indexed(again());
  return { ...file, read: again, hash };
}

/** What is known of each open document, for as long as its text stays the same. */
function rememberDocuments(): (document: MusterDocument) => IndexedFile {
  const known = new WeakMap<MusterDocument, IndexedFile>();
  return (document) => {
    const file = known.get(document) ?? indexed(document);
    known.set(document, file);
    return file;
  };
}

/** Merging 20,000 nodes takes longer than a keystroke may: it is done again only when an inventory has changed. */
function rememberLast(merge: typeof mergeParts): typeof mergeParts {
  let last: { parts: readonly unknown[]; made: ReturnType<typeof mergeParts> } | undefined;
  return (files, snapshot) => {
    const parts = [...files.flatMap(({ part }) => part ?? []), snapshot];
    if (last?.parts.length !== parts.length || parts.some((part, at) => part !== last?.parts[at]))
      last = { parts, made: merge(files, snapshot) };
    return last.made;
  };
}
