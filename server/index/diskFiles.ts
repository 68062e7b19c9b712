import { createHash } from 'node:crypto';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MusterDocument } from '../service/document.ts';
import { readerFor } from '../service/document.ts';
import { isInside } from '../service/uris.ts';
import type { IndexedFile } from '../service/indexedFile.ts';
import { fileFacts, type FileText } from '../service/fileFacts.ts';
import { type FileFacts, unpackFacts } from '../service/facts/packed.ts';
import { largest, unreadDocument } from '../service/unread.ts';
import { nameIndex } from '../service/symbols.ts';
import type { FileReader } from './fileReader.ts';
import type { FolderKinds } from './folderKinds.ts';
import type { Scheduler } from './scheduler.ts';
import { filesBelow, readText } from './workspaceFiles.ts';

/** A file as it is kept: its facts, not its tree. */
export type DiskFile = IndexedFile & { readonly hash: string };

/** Files of ours on the disk, by canonical URI, as they were read last. */
export type DiskFiles = {
  readonly known: ReadonlyMap<string, DiskFile>;
  /** Reads these files; one that is gone, ignored or outside of the folders is forgotten. */
  read(uris: readonly string[], folders: readonly string[]): Promise<void>;
  /** Finds all files of the folders and reads them; gives what was read and what was forgotten. */
  readAll(folders: readonly string[]): Promise<readonly string[]>;
};

/** UTF-16 units: who types waits no longer than for this much to be read. */
const large = 32 * 1024;

type DiskDeps = {
  readonly scheduler: Scheduler;
  readonly kinds: FolderKinds;
  /** Who reads large files; without anybody, they are read here too. */
  readonly beside?: { readonly reader: FileReader; readonly report: (error: unknown) => void };
};

export function createDiskFiles({ scheduler, kinds, beside }: DiskDeps): DiskFiles {
  const known = new Map<string, DiskFile>();
  const last = new Map<string, symbol>();
  const keep = (file: FileText, hash: string, read: FileFacts | undefined): void => {
    if (read) known.set(file.uri, diskFile(file, read, hash));
    else known.delete(file.uri);
  };
  /** Gives what goes on beside everything else. */
  const readOne = async (uri: string, folders: readonly string[]): Promise<{ later?: Promise<void> }> => {
    const turn = Symbol(uri);
    last.set(uri, turn);
    const file = await fileAt(uri, folders, kinds);
    const hash = createHash('sha1')
      .update(`${file?.languageId}\n${file?.text ?? ''}`)
      .digest('base64');
    if (!file) known.delete(uri);
    if (!file || known.get(uri)?.hash === hash) return {};
    if (!beside || file.text.length <= large) {
      keep(file, hash, fileFacts(file));
      return {};
    }
    // Until it is read it may become another, which is read by itself.
    const kept = (read: FileFacts | void): void => {
      if (last.get(uri) === turn) keep(file, hash, read ?? undefined);
    };
    return { later: beside.reader.read(file).catch(beside.report).then(kept) };
  };
  const read: DiskFiles['read'] = async (uris, folders) => {
    const slow: Promise<void>[] = [];
    for (const uri of uris) {
      const { later } = await scheduler.run('background', () => readOne(uri, folders));
      if (later) slow.push(later);
    }
    await Promise.all(slow);
  };
  return {
    known,
    read,
    async readAll(folders) {
      const found = new Set<string>();
      for (const folder of folders)
        for await (const uri of filesBelow(folder, kinds.of(folder))) found.add(uri);
      const uris = [...found, ...[...known.keys()].filter((uri) => !found.has(uri))];
      await read([...found], folders);
      for (const uri of uris) if (!found.has(uri)) known.delete(uri);
      return uris;
    },
  };
}

/** Undefined for a file that is not there, or none of ours. */
async function fileAt(
  uri: string,
  folders: readonly string[],
  kinds: FolderKinds,
): Promise<FileText | undefined> {
  const { languageOf, largest } = kinds.of(uri);
  const languageId = folders.some((folder) => isInside(uri, folder)) ? languageOf(uri) : undefined;
  const text = languageId === undefined ? undefined : await readText(uri, { folders, largest });
  return languageId === undefined || text === undefined ? undefined : { uri, languageId, text };
}

function diskFile(file: FileText, found: FileFacts, hash: string): DiskFile {
  const { facts, part } = found;
  const { uri, languageId, text } = file;
  const names = nameIndex(unpackFacts(facts));
  // Configurations are asked with every letter that is typed anywhere; the memory is given back when it is needed.
  let last: WeakRef<MusterDocument> | undefined;
  const read = (): MusterDocument | undefined => {
    const known = last?.deref();
    if (known) return known;
    const document = TextDocument.create(uri, languageId, 0, text);
    const made = text.length > largest ? unreadDocument(document, found) : readerFor(languageId)?.(document);
    last = made && new WeakRef(made);
    return made;
  };
  return { uri, names, ...(part && { part }), read, hash };
}
