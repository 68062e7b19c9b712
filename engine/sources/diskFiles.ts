import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { messageOf } from '../../core/util/errors.ts';
import type { Files } from '../../core/inventory/part.ts';

/** What was looked at, so that it can be watched, and whether it is still the same. */
export type Looked = {
  /** Path of a file or folder → what it was; also of those that were not there. */
  readonly stamps: ReadonlyMap<string, string>;
  /** SHA-256 over the names and contents of all files that were read. */
  digest(): string;
};

/** Bytes of one file, and of all files of a source. */
const mostBytes = 50_000_000;
const mostBytesTogether = 200_000_000;
/** Names in a folder that are looked at. */
const mostNames = 20_000;

/** Access to the disk for one reading of a source: regular files only, bounded, all of it recorded. Never throws. */
export function openDisk(): { files: Files; looked: Looked } {
  const stamps = new Map<string, string>();
  const digests = new Map<string, string>();
  let left = mostBytesTogether;
  const files: Files = {
    read(path) {
      stamps.set(path, stampOf(path));
      const read = readRegular(path, Math.min(mostBytes, left));
      if (!('bytes' in read)) return read;
      left -= read.bytes.length;
      digests.set(path, createHash('sha256').update(read.bytes).digest('hex'));
      return decode(read.bytes);
    },
    list(folder) {
      stamps.set(folder, stampOf(folder));
      return listFolder(folder);
    },
  };
  const digest = (): string =>
    createHash('sha256')
      .update(JSON.stringify([...digests].toSorted(([a], [b]) => (a < b ? -1 : 1))))
      .digest('hex');
  return { files, looked: { stamps, digest } };
}

/** Changes when a file or folder does; `-` where there is none. */
export function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino, mode } = statSync(path);
    return `${mtimeMs}:${size}:${ino}:${mode}`;
  } catch {
    return '-';
  }
}

type Read = { bytes: Uint8Array } | { missing: true } | { unreadable: string };

/** Opened without waiting: a pipe that nobody writes to must not hold anybody up. */
function readRegular(path: string, most: number): Read {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size, ...info } = fstatSync(file);
    if ((info.mode & constants.S_IFMT) !== constants.S_IFREG)
      return { unreadable: isFolder(info.mode) ? 'It is a folder.' : 'It is not a regular file.' };
    if (size > most) return { unreadable: `It has more than ${Math.floor(most / 1_000_000)} MB.` };
    return { bytes: readAll(file, size) };
  } catch (error) {
    return explain(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function isFolder(mode: number): boolean {
  return (mode & constants.S_IFMT) === constants.S_IFDIR;
}

/** As many bytes as the file had when it was opened: one that grows is read again when its stamp has changed. */
function readAll(file: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  while (at < size) {
    const count = readSync(file, bytes, at, size - at, at);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

/** Text as UTF-8 without a byte order mark; what is not valid is refused with its line. */
function decode(bytes: Uint8Array): { text: string } | { unreadable: string } {
  const odd = bytes.indexOf(0);
  if (odd !== -1) return { unreadable: `It is not text: line ${lineAt(bytes, odd)} has a NUL byte.` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { unreadable: `It is not UTF-8: look at line ${lineAt(bytes, firstInvalid(bytes))}.` };
  }
}

/** Offset of the first byte that is not valid UTF-8, by halves: what comes before is valid. */
function firstInvalid(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isValid(bytes.subarray(0, middle))) low = middle;
    else high = middle;
  }
  return low;
}

/** A character that is cut off at the end is no fault: the rest of it comes later. */
function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}

function listFolder(folder: string): ReturnType<Files['list']> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).slice(0, mostNames);
    return entries
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() || leadsToFolder(folder, entry) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

function leadsToFolder(folder: string, entry: { name: string; isSymbolicLink(): boolean }): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(`${folder}/${entry.name}`).isDirectory();
  } catch {
    return false;
  }
}

function explain(error: unknown): Read {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { missing: true };
  if (code === 'EACCES' || code === 'EPERM')
    return { unreadable: 'It can not be read: permission denied. Make it readable for you.' };
  if (code === 'EISDIR') return { unreadable: 'It is a folder.' };
  return { unreadable: `It can not be read: ${messageOf(error)}.` };
}
