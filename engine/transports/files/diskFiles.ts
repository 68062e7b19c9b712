import { createReadStream, constants, type Stats } from 'node:fs';
import * as disk from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { FilesError, type FileFacts, type FilesErrorCode, type RemoteFiles } from './remoteFiles.ts';

const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** The files of this machine as those of a node; relative paths start in the node's folder. */
export function diskFiles(folder: string): RemoteFiles {
  const at = (path: string): string =>
    path === '~' || path.startsWith('~/') ? resolve(homedir(), path.slice(2)) : resolve(folder, path);
  return {
    lstat: (path) => factsOf(path, () => disk.lstat(at(path))),
    stat: (path) => factsOf(path, () => disk.stat(at(path))),
    makeFolder: (path) => told(path, () => disk.mkdir(at(path), { mode: 0o755 })).then(() => undefined),
    async *list(path) {
      const names = await told(path, () => disk.readdir(at(path)));
      for (const name of names) {
        const facts = await factsOf(path, () => disk.lstat(resolve(at(path), name)));
        if (facts) yield [{ name, facts }];
      }
    },
    async create(path) {
      const file = await told(path, () => disk.open(at(path), newFile, 0o600));
      return {
        write: (bytes) => told(path, () => file.writeFile(bytes)),
        abandon: () => file.close().catch(() => undefined),
        async close() {
          try {
            await told(path, () => file.sync());
          } finally {
            await file.close();
          }
        },
      };
    },
    async *read(path, signal) {
      const stream = createReadStream(at(path), { signal });
      try {
        for await (const chunk of stream) yield chunk as Uint8Array;
      } catch (error) {
        throw errorOf(path, error);
      }
    },
    setMode: (path, mode) => told(path, () => disk.chmod(at(path), mode)),
    setOwner: (path, { uid, gid }) => told(path, () => disk.chown(at(path), uid, gid)),
    replace: (from, to) => told(to, () => disk.rename(at(from), at(to))),
    link: (from, to) => told(to, () => disk.link(at(from), at(to))),
    remove: (path) => told(path, () => disk.unlink(at(path))),
    freeBytes: async (path) => {
      const found = await disk.statfs(at(path)).catch(() => undefined);
      return found && found.bavail * found.bsize;
    },
    close: () => undefined,
  };
}

async function factsOf(path: string, look: () => Promise<Stats>): Promise<FileFacts | undefined> {
  try {
    return statFacts(await told(path, look));
  } catch (error) {
    if (error instanceof FilesError && error.code === 'missing') return undefined;
    throw error;
  }
}

function statFacts(stats: Stats): FileFacts {
  const type = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other';
  return { type, bytes: stats.size, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid };
}

/** Throws a FilesError where the disk refuses. */
export async function told<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw errorOf(path, error);
  }
}

const codes: Readonly<Record<string, FilesErrorCode>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EEXIST: 'exists',
  ENOSPC: 'full',
  EDQUOT: 'full',
};

const words: Partial<Record<FilesErrorCode, string>> = {
  missing: 'it is not there',
  denied: 'permission denied',
  exists: 'it is there already',
  full: 'no space left on the disk',
};

/** What the system said about a file, for people. */
export function errorOf(path: string, error: unknown): FilesError {
  if (error instanceof FilesError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
  const kind = codes[code] ?? 'failed';
  return new FilesError(kind, `${path}: ${words[kind] ?? code}`);
}
