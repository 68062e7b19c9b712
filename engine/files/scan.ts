import { createHash } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import * as disk from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mostFiles } from '../../core/run/fileActions.ts';
import { folderFiles } from '../../core/run/steps/folderFiles.ts';
import type { ReadFile, Scanned } from '../../core/run/steps/plannedFiles.ts';
import { told } from '../transports/files/diskFiles.ts';
import { FilesError } from '../transports/files/remoteFiles.ts';

/**
 * The files at a path of this machine, as they are now. A folder goes as a folder, but its contents alone where the path
 * ends with a slash. Links below it are left out: they may lead anywhere.
 */
export async function scan(path: string): Promise<Scanned> {
  const real = await told(path, () => disk.realpath(path));
  const stats = await told(path, () => disk.stat(real));
  if (stats.isFile())
    return { isFolder: false, files: [{ ...(await describe(real)), below: basename(path) }], leftOut: [] };
  if (!stats.isDirectory()) throw new FilesError('failed', `${path} is neither a file nor a folder`);
  const name = /[/\\]$/.test(path) ? '' : basename(path);
  const found = await folderFiles(real, name, { join, list, describe });
  if (found) return { isFolder: true, ...found };
  const most = mostFiles.toLocaleString('en');
  throw new FilesError('failed', `${path} has more than ${most} files. Copy an archive instead`);
}

function list(folder: string): Promise<Dirent[]> {
  return told(folder, () => disk.readdir(folder, { withFileTypes: true }));
}

async function describe(path: string): Promise<ReadFile> {
  return withFile(path, async (file) => {
    const { mode } = await file.stat();
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
      hash.update(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
    }
    return { from: path, bytes, sha256: hash.digest('hex'), mode: mode & 0o777 };
  });
}

/** A script, and what it says; no text where it is larger than `mostBytes`, or no UTF-8. */
export async function readScript(path: string, mostBytes: number): Promise<ReadFile> {
  const real = await told(path, () => disk.realpath(path));
  return withFile(real, async (file) => {
    const { mode, size } = await file.stat();
    const facts = { from: real, mode: mode & 0o777 };
    if (size > mostBytes) return { ...facts, bytes: size, sha256: '' };
    const content = await file.readFile();
    const sha256 = createHash('sha256').update(content).digest('hex');
    const text = content.toString('utf8');
    const isText = Buffer.from(text).equals(content);
    return { ...facts, bytes: content.length, sha256, ...(isText && { text }) };
  });
}

async function withFile<T>(path: string, use: (file: disk.FileHandle) => Promise<T>): Promise<T> {
  return told(path, async () => {
    const file = await disk.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await file.stat()).isFile()) throw new FilesError('failed', `${path} is not a file`);
      return await use(file);
    } finally {
      await file.close();
    }
  });
}
