import { Emitter, type Event } from '../../core/util/emitter.ts';
import type { Dependence } from '../service/dependence.ts';
import { changesBetween, dependenceOf, dependsOn } from '../service/dependence.ts';
import type { MusterDocument } from '../service/document.ts';
import { mergeParts } from '../service/mergeParts.ts';
import { canonicalUri, isInside } from '../service/uris.ts';
import type { Workspace, WorkspaceParts } from '../service/workspace.ts';
import type { IndexedFile, Snapshot } from '../service/indexedFile.ts';
import { indexed, workspaceOf } from '../service/workspace.ts';
import { createDiskFiles } from './diskFiles.ts';
import { createFileTexts } from './fileTexts.ts';
import type { FileReader } from './fileReader.ts';
import type { FolderKinds } from './folderKinds.ts';
import type { Scheduler } from './scheduler.ts';
import { listFolder, pathKind } from './workspaceFiles.ts';

/** All files of ours in the folders of a client, and what depends on what. Open documents win over the disk. */
export type WorkspaceIndex = {
  /** What is known now; the same value until something changes. */
  workspace(): Workspace;
  /** Settles once every file of the folders has been read, and what is known to have changed since. */
  readonly ready: Promise<void>;
  /** Reads the files of these folders, and forgets those of others. */
  setFolders(folders: readonly string[]): Promise<void>;
  /** Looks again what files are, and reads those that count now. */
  setKinds(): Promise<void>;
  /** Files that were made, changed or deleted on the disk. */
  reread(uris: readonly string[]): Promise<void>;
  /** Looks at the disk again for whoever is told of no changes there; what is asked from now on waits for it. */
  look(): void;
  setSnapshot(snapshot: Snapshot): void;
  /** An open document has another text, was opened or closed: what was known of it is forgotten. */
  forget(): void;
  /** Looks what has changed in a document for others, now that typing rests. */
  settle(uri: string): void;
  /** Open documents whose problems may be others now, because something that they depend on has changed. */
  readonly onDidChange: Event<ReadonlySet<string>>;
};

export type IndexDeps = {
  readonly kinds: FolderKinds;
  readonly reader: FileReader;
  readonly scheduler: Scheduler;
  /** Documents that the client has open, by canonical URI; each read when it is first asked for. */
  readonly open: () => ReadonlyMap<string, () => MusterDocument>;
  /** What is wrong with a private key; nobody looks where this is missing. */
  readonly keyFile?: NonNullable<WorkspaceParts['keyFile']>;
  /** Whether all inventories count for every file; each has those near it where this is missing. */
  readonly isTogether?: () => boolean;
  readonly report: (error: unknown) => void;
};

export function createIndex({ kinds, reader, scheduler, open, report, ...said }: IndexDeps): WorkspaceIndex {
  const disk = createDiskFiles({ scheduler, kinds, beside: { reader, report } });
  const files = fileSource(open, disk.known);
  const dependants = followDependants(open, files);
  const changed = new Emitter<ReadonlySet<string>>(report);
  let folders: readonly string[] = [];
  let isRead = false;
  let snapshot: Snapshot | undefined;
  let current: Workspace | undefined;
  let ready = Promise.resolve();
  const looks = { texts: createFileTexts(), merge: rememberLast(mergeParts), ...said };
  const known = () => ({ ...lookingIn(folders, looks), files: files.all(), isRead, snapshot });
  const tell = (uris: readonly string[], alsoChanged: readonly string[] = []): void => {
    current = undefined;
    fireAny(changed, dependants(uris, alsoChanged));
  };
  const readAll = async (told: 'all' | 'changed') => {
    const uris = await disk.readAll(folders);
    isRead = true;
    tell(uris);
    if (told === 'all') changed.fire(new Set(open().keys()));
  };
  const begin = (): Promise<void> => (ready = readAll('all').catch(report));
  return {
    workspace: () => (current ??= workspaceOf(known())),
    get ready() {
      return ready;
    },
    setFolders(next) {
      kinds.read((folders = onDisk(next)));
      return begin();
    },
    setKinds: async () => (kinds.read(folders) ? begin() : undefined),
    reread(changes) {
      const uris = [...new Set(changes.map(canonicalUri))];
      if (uris.some(kinds.isConfig) && kinds.read(folders)) return begin();
      const reading = disk.read(uris, folders).then(() => tell(uris, uris.map(fileKey)));
      ready = Promise.all([ready, reading.catch(() => {})]).then(() => {});
      return reading;
    },
    look: () => void (ready = ready.then(() => readAll('changed')).catch(report)),
    setSnapshot(next) {
      snapshot = next;
      tell([], ['inventory']);
    },
    forget: () => (current = undefined),
    settle: (uri) => tell([canonicalUri(uri)]),
    onDidChange: changed.event,
  };
}

function fireAny(changed: Emitter<ReadonlySet<string>>, affected: ReadonlySet<string>): void {
  if (affected.size > 0) changed.fire(affected);
}

/** Looks at the disk in these folders, and nowhere else. */
function lookingIn(
  folders: readonly string[],
  {
    texts,
    isTogether = () => false,
    ...looks
  }: { readonly texts: ReturnType<typeof createFileTexts> } & Pick<IndexDeps, 'keyFile' | 'isTogether'> &
    Pick<WorkspaceParts, 'merge'>,
): Pick<WorkspaceParts, 'exists' | 'list' | 'text' | 'folders' | 'keyFile' | 'isTogether' | 'merge'> {
  const isHere = (uri: string): boolean => folders.some((folder) => isInside(uri, folder));
  return {
    ...looks,
    isTogether: isTogether(),
    folders,
    exists: (uri) => (isHere(uri) ? pathKind(uri) !== undefined : undefined),
    list: (folder) => (isHere(folder) ? listFolder(folder, folders) : undefined),
    text: (uri) => (isHere(uri) ? texts(uri, folders) : undefined),
  };
}

function onDisk(folders: readonly string[]): readonly string[] {
  return folders.map((uri) => canonicalUri(uri).replace(/\/$/, '')).filter((uri) => uri.startsWith('file:'));
}

/** Any file may be named by another, also one that is none of ours: a script, a template. */
function fileKey(uri: string): string {
  return `file ${uri}`;
}

type Files = {
  all(): readonly IndexedFile[];
  /** A file and what tells its texts apart. */
  get(uri: string): (IndexedFile & { readonly hash: string }) | undefined;
};

/** What is open, else what is on the disk. What was found out of a document holds as long as its text. */
function fileSource(
  open: IndexDeps['open'],
  disk: ReadonlyMap<string, IndexedFile & { hash: string }>,
): Files {
  const known = new WeakMap<MusterDocument, IndexedFile>();
  const fileOf = (document: MusterDocument): IndexedFile => {
    const file = known.get(document) ?? indexedOf(document);
    known.set(document, file);
    return file;
  };
  // Until a large document is read, it says what it said on the disk.
  const indexedOf = (document: MusterDocument): IndexedFile => {
    const before =
      typeof document.beside === 'string' ? disk.get(canonicalUri(document.document.uri)) : undefined;
    return before
      ? { ...before, version: document.document.version, read: () => document }
      : indexed(document);
  };
  return {
    all: () => {
      const opened = [...open()].map(([uri, read]): [string, IndexedFile] => [uri, fileOf(read())]);
      return [...new Map<string, IndexedFile>([...disk, ...opened]).values()];
    },
    get(uri) {
      const document = open().get(uri)?.();
      if (!document) return disk.get(uri);
      const isRead = typeof document.beside !== 'string';
      return { ...fileOf(document), hash: `open ${document.document.version} ${isRead}` };
    },
  };
}

/** Says which open documents depend on what has changed in these files since it was asked about them last. */
function followDependants(
  open: IndexDeps['open'],
  files: Files,
): (uris: readonly string[], alsoChanged: readonly string[]) => ReadonlySet<string> {
  const told = new Map<string, Dependence>();
  const dependence = (uri: string): Dependence | undefined => {
    const file = files.get(uri);
    return file && dependenceOf(file.names.facts, { uri, version: file.hash });
  };
  return (uris, alsoChanged) => {
    const keys = new Set(alsoChanged);
    for (const uri of uris) {
      const now = dependence(uri);
      for (const key of changesBetween(told.get(uri), now)) keys.add(key);
      if (now) told.set(uri, now);
      else told.delete(uri);
    }
    if (keys.size === 0) return keys;
    const affected = [...open().keys()].filter((uri) => {
      const each = uris.includes(uri) ? undefined : dependence(uri);
      return each !== undefined && dependsOn(each, keys);
    });
    return new Set(affected);
  };
}

/** Folders with inventories of their own whose nodes are kept. */
const mostKept = 20;

/** Merging 20,000 nodes takes longer than a keystroke may: it is done again only when one of the inventories has changed. */
function rememberLast(merge: typeof mergeParts): typeof mergeParts {
  type Merged = { readonly parts: readonly unknown[]; readonly made: ReturnType<typeof mergeParts> };
  const known = new Map<string, Merged>();
  return (files, snapshot) => {
    const key = files.map(({ uri }) => uri).join('\n');
    const parts = [...files.flatMap(({ part }) => part ?? []), snapshot];
    const before = known.get(key);
    const isSame =
      before?.parts.length === parts.length && parts.every((part, at) => part === before.parts[at]);
    const merged = before && isSame ? before : { parts, made: merge(files, snapshot) };
    // Those that were asked for last are at the end.
    known.delete(key);
    known.set(key, merged);
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    return merged.made;
  };
}
