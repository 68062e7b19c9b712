import { createHash } from 'node:crypto';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MusterDocument } from '../service/document.ts';
import { readerFor } from '../service/document.ts';
import { languageOf } from '../service/languages.ts';
import { isInside } from '../service/uris.ts';
import type { IndexedFile } from '../service/indexedFile.ts';
import { indexed } from '../service/workspace.ts';
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

export function createDiskFiles(scheduler: Scheduler): DiskFiles {
  const known = new Map<string, DiskFile>();
  const readOne = async (uri: string, folders: readonly string[]): Promise<void> => {
    const isOurs = folders.some((folder) => isInside(uri, folder)) && languageOf(uri) !== undefined;
    const text = isOurs ? await readText(uri, folders) : undefined;
    const file = text === undefined ? undefined : fileOf(uri, text, known.get(uri));
    if (file) known.set(uri, file);
    else known.delete(uri);
  };
  const read: DiskFiles['read'] = async (uris, folders) => {
    for (const uri of uris) await scheduler.run('background', () => readOne(uri, folders));
  };
  return {
    known,
    read,
    async readAll(folders) {
      const found = new Set<string>();
      for (const folder of folders) for await (const uri of filesBelow(folder)) found.add(uri);
      const uris = [...found, ...[...known.keys()].filter((uri) => !found.has(uri))];
      await read([...found], folders);
      for (const uri of uris) if (!found.has(uri)) known.delete(uri);
      return uris;
    },
  };
}

/** The same as before where the text is. */
function fileOf(uri: string, text: string, before: DiskFile | undefined): DiskFile | undefined {
  const hash = createHash('sha1').update(text).digest('base64');
  if (before?.hash === hash) return before;
  const languageId = languageOf(uri);
  const open = languageId === undefined ? undefined : readerFor(languageId);
  if (languageId === undefined || !open) return undefined;
  const read = (): MusterDocument => open(TextDocument.create(uri, languageId, 0, text));
  const { version: _notOpen, ...file } = indexed(read());
  return { ...file, read, hash };
}
