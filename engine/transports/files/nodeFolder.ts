import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import * as disk from 'node:fs/promises';
import { join } from 'node:path';
import { isFileName } from '../../../core/run/fileActions.ts';
import { told } from './diskFiles.ts';
import { FilesError } from './remoteFiles.ts';
import { codeOf } from '../../codeOf.ts';

/** A file on its way here; disposed before it is finished, nothing is left of it. */
export type IncomingFile = AsyncDisposable & {
  write(bytes: Uint8Array): Promise<void>;
  /** Puts it in its place, at once. */
  finish(overwrite: boolean): Promise<void>;
};

/** The folder on this machine that is for one node: nothing is written outside it. */
export type NodeFolder = {
  /** Why a file with these names can not be put here; undefined where it can. */
  refusal(names: readonly string[], overwrite: boolean): Promise<string | undefined>;
  create(names: readonly string[]): Promise<IncomingFile>;
};

const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Makes the folder, for its user alone, where it is not there. */
export async function openNodeFolder(parent: string, node: string): Promise<NodeFolder> {
  if (!isFileName(node)) throw new FilesError('failed', `${node} can not be the name of a folder here`);
  const root = join(parent, node);
  await told(parent, () => disk.mkdir(parent, { recursive: true }));
  await makeFolder(root);
  /** Names that files here were given, as a disk sees them that does not tell case apart. */
  const taken = new Map<string, string>();
  return {
    async refusal(names, overwrite) {
      const path = join(root, ...names);
      const folded = names.join('/').normalize('NFC').toLowerCase();
      const twin = taken.get(folded);
      taken.set(folded, twin ?? names.join('/'));
      const there = await disk.lstat(path).catch(() => undefined);
      if (!there) return undefined;
      if (!there.isFile()) return `${path}: not taken, as something else than a file is there`;
      if (twin !== undefined)
        return `${path}: not taken, as ${twin} is there, and this disk takes both for one`;
      return overwrite
        ? undefined
        : `${path}: not taken, as it is there already; "overwrite: true" (--overwrite on the command line) replaces it, or fetch into a folder of its own`;
    },
    async create(names) {
      let folder = root;
      for (const name of names.slice(0, -1)) await makeFolder((folder = join(folder, name)));
      return createIncoming(folder, join(root, ...names));
    },
  };
}

/** A folder, and no link to one: below what a person named, we make all that is there. */
async function makeFolder(path: string): Promise<void> {
  await told(path, () =>
    disk.mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    }),
  );
  const there = await told(path, () => disk.lstat(path));
  if (!there.isDirectory())
    throw new FilesError('failed', `${path} is no folder, or a link, which is not followed`);
}

async function createIncoming(folder: string, path: string): Promise<IncomingFile> {
  const temporary = join(folder, `.muster-${randomBytes(12).toString('hex')}`);
  const file = await told(temporary, () => disk.open(temporary, newFile, 0o600));
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await file.close();
  };
  return {
    write: (bytes) => told(path, () => file.writeFile(bytes)),
    async finish(overwrite) {
      await told(path, () => file.sync());
      await close();
      if (overwrite) await told(path, () => disk.rename(temporary, path));
      else await putNew(temporary, path);
    },
    async [Symbol.asyncDispose]() {
      await close().catch(() => undefined);
      await disk.rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}

/** A second name is given only where nothing has it; a disk without such names gets a copy. */
async function putNew(temporary: string, path: string): Promise<void> {
  try {
    await disk.link(temporary, path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw new FilesError('exists', `${path} is there already`);
    await told(path, () => disk.copyFile(temporary, path, constants.COPYFILE_EXCL));
  }
}
