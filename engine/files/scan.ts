import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import * as disk from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mostFiles } from '../../core/run/fileActions.ts';
import type { ReadFile, Scanned, ScannedFile } from '../../core/run/steps/plannedFiles.ts';
import { told } from '../transports/files/diskFiles.ts';
import { FilesError } from '../transports/files/remoteFiles.ts';

/**
 * The files at a path of this machine, as they are now. A folder goes as a folder, but its contents alone where the path
 * ends with a slash. Links below it are left out: they may lead anywhere.
 */
export async function scan(path: string): Promise<Scanned> {
  const real = await told(path, () => disk.realpath(path));
  const stats = await told(path, () => disk.stat(real));
  if (stats.isFile()) return { isFolder: false, files: [await describe(real, basename(path))], leftOut: [] };
  if (!stats.isDirectory()) throw new FilesError('failed', `${path} is neither a file nor a folder`);
  const name = /[/\\]$/.test(path) ? '' : basename(path);
  const found = { files: new Array<ScannedFile>(), leftOut: new Array<string>() };
  await walk(real, name, found);
  return { isFolder: true, ...found };
}

type Found = { files: ScannedFile[]; leftOut: string[] };

async function walk(folder: string, below: string, found: Found): Promise<void> {
  const entries = await told(folder, () => disk.readdir(folder, { withFileTypes: true }));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const place = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await walk(path, place, found);
    else if (entry.isFile()) found.files.push(await describe(path, place));
    else
      found.leftOut.push(`${path} is ${entry.isSymbolicLink() ? 'a link' : 'no file'}, and is not copied.`);
    if (found.files.length > mostFiles)
      throw new FilesError(
        'failed',
        `${folder} is part of more than ${mostFiles.toLocaleString('en')} files. Copy an archive instead`,
      );
  }
}

async function describe(path: string, below: string): Promise<ScannedFile> {
  return withFile(path, async (file) => {
    const { mode } = await file.stat();
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
      hash.update(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
    }
    return { from: path, below, bytes, sha256: hash.digest('hex'), mode: mode & 0o777 };
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
