import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, refuse, type Result } from '../../../core/util/errors.ts';
import { codeOf } from '../../codeOf.ts';

/** Counts what is written. */
export type Written = { files: number; bytes: number };

/** `isReplaced`: what is there already makes way. */
type Place = { readonly path: string; readonly isReplaced?: boolean };

/** Writes one file: beside its place at first, so that nobody ever sees half of it. Its user alone can read it. */
export async function placeFile(
  { path, isReplaced = false }: Place,
  chunks: AsyncIterable<string | Uint8Array>,
): Promise<Result<Written>> {
  if (!isReplaced && (await isThere(path))) return exists(path);
  const temporary = besideOf(path);
  try {
    const bytes = await writeFile(temporary, chunks);
    await (isReplaced ? rename(temporary, path) : moveToNew(temporary, path));
    return { ok: true, value: { files: 1, bytes } };
  } catch (error) {
    await rm(temporary, { force: true });
    return codeOf(error) === 'EEXIST' ? exists(path) : unwritable(path, error);
  }
}

/** Writes a folder of files; the whole folder appears at once, where there was none or an empty one. */
export async function placeFolder(
  { path, isReplaced = false }: Place,
  files: Iterable<{ readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }>,
): Promise<Result<Written>> {
  const entries = await readdir(path).catch(() => undefined);
  if (!entries && (await isThere(path))) return refuse('FILE_EXISTS', `${path} is a file. Name a folder.`);
  if (entries && entries.length > 0 && !isReplaced) return exists(path);
  const temporary = besideOf(path);
  const written = { files: 0, bytes: 0 };
  try {
    await mkdir(temporary, { mode: 0o700 });
    for (const { name, bytes } of files) {
      written.bytes += await writeFile(join(temporary, name), bytes);
      written.files++;
    }
    if (entries && entries.length > 0) await moveInto(temporary, path);
    else await rename(temporary, path);
    return { ok: true, value: written };
  } catch (error) {
    return unwritable(path, error);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Bytes that are gathered before they are written. */
const gathered = 262_144;

async function writeFile(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  let total = 0;
  let waiting: Uint8Array[] = [];
  let size = 0;
  const pass = async (): Promise<void> => {
    await writeAll(file, Buffer.concat(waiting));
    total += size;
    waiting = [];
    size = 0;
  };
  try {
    for await (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      waiting.push(bytes);
      size += bytes.length;
      if (size >= gathered) await pass();
    }
    await pass();
    await file.datasync();
  } finally {
    await file.close();
  }
  return total;
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

/** A second name for the file fails where somebody has put one there in the meantime, which renaming would replace. */
async function moveToNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    // Some file systems have no second names.
    if (await isThere(path)) throw Object.assign(new Error(path), { code: 'EEXIST' });
    return rename(temporary, path);
  }
  await rm(temporary);
}

async function moveInto(temporary: string, path: string): Promise<void> {
  for (const name of await readdir(temporary)) await rename(join(temporary, name), join(path, name));
}

function besideOf(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 60)}.${randomBytes(6).toString('hex')}.part`);
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

function exists(path: string): Result<never> {
  return refuse('FILE_EXISTS', `${path} is there already, and was not touched. Name another place.`);
}

function unwritable(path: string, error: unknown): Result<never> {
  return refuse('FILE_UNWRITABLE', `${path} can not be written: ${messageOf(error)}. Name another place.`);
}
