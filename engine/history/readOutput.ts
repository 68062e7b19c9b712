import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputPiece } from '../../core/export/output.ts';
import type { Extent } from '../../core/run/events.ts';
import type { OutputStream } from '../../core/run/progress.ts';
import { frameHeadBytes, readFrameHead } from './frame.ts';
import { copyUnwritten, hasUnwritten } from './unwritten.ts';

/** Offsets are bytes of both streams together, as they came. */
export type OutputPart = { from: number; next: number; total: number; pieces: readonly OutputPiece[] };

type Slice = { file: string; stream: OutputStream; offset: number; length: number };

/** Reads a part of an execution's output: stdout and stderr together, in the order they came. */
export type ReadOutput = (
  folder: string,
  extents: readonly Extent[],
  range: { from: number; limit: number },
) => Promise<OutputPart>;

/** Remembers where frames are: pages of one output follow each other, and each would look for all of them again. */
export function createOutputReader(): ReadOutput {
  const frames: Frames = new Map();
  return (folder, extents, range) => readPart({ folder, extents, frames }, range);
}

/** Where the frames of an extent are, as far as they have been looked for; by file and offset. */
type Frames = Map<string, { end: number; readonly slices: Slice[] }>;

/** Extents that are remembered at most. */
const mostExtents = 1000;
/** Bytes of an extent up to which it is read as a whole. */
const shortExtent = 65_536;

type Output = { readonly folder: string; readonly extents: readonly Extent[]; readonly frames: Frames };

async function readPart(output: Output, range: { from: number; limit: number }): Promise<OutputPart> {
  const files = new Map<string, OpenFile>();
  try {
    const slices = await slicesOf(output, files);
    const total = slices.reduce((sum, slice) => sum + slice.length, 0);
    const from = Math.min(range.from < 0 ? Math.max(0, total + range.from) : range.from, total);
    const next = Math.min(from + range.limit, total);
    return { from, next, total, pieces: await piecesOf(slices, { from, next }, files) };
  } finally {
    for (const { handle } of files.values()) await handle?.close();
  }
}

/** A file, and what has been read of it last. */
type OpenFile = {
  readonly path: string;
  /** Absent where the disk has nothing of it. */
  readonly handle: FileHandle | undefined;
  window: { offset: number; bytes: Buffer };
};

/** Where the bytes of each frame are. */
async function slicesOf(
  { folder, extents, frames }: Output,
  files: Map<string, OpenFile>,
): Promise<readonly Slice[]> {
  const slices: Slice[] = [];
  for (const extent of extents) {
    const path = join(folder, extent.file);
    const file = files.get(extent.file) ?? (await openFile(path));
    if (!file) continue;
    files.set(extent.file, file);
    const key = `${path} ${extent.offset}`;
    const known = frames.get(key) ?? { end: extent.offset, slices: [] };
    await findFrames(file, extent, known);
    frames.delete(key);
    frames.set(key, known);
    for (const slice of known.slices) slices.push(slice);
  }
  for (const key of frames.keys()) {
    if (frames.size <= mostExtents) break;
    frames.delete(key);
  }
  return slices;
}

async function openFile(path: string): Promise<OpenFile | undefined> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (!handle && !hasUnwritten(path)) return undefined;
  return { path, handle, window: { offset: 0, bytes: Buffer.alloc(0) } };
}

/** Goes on from the last frame that is known: an extent grows while its output comes. A damaged frame is the end. */
async function findFrames(
  file: OpenFile,
  extent: Extent,
  known: { end: number; readonly slices: Slice[] },
): Promise<void> {
  const end = extent.offset + extent.length;
  while (known.end < end) {
    const at = known.end;
    const most = extent.length <= shortExtent ? end - at : frameHeadBytes;
    const head = await bytesOf(file, at, { length: frameHeadBytes, most });
    // Another reader of the same output may have gone on in the meantime.
    if (known.end !== at) continue;
    const frame = readFrameHead(head);
    if (!frame) return;
    const offset = at + frameHeadBytes;
    known.slices.push({ file: extent.file, stream: frame.stream, offset, length: frame.length });
    known.end = offset + frame.length;
  }
}

async function piecesOf(
  slices: readonly Slice[],
  { from, next }: { from: number; next: number },
  files: ReadonlyMap<string, OpenFile>,
): Promise<OutputPiece[]> {
  const pieces: OutputPiece[] = [];
  let at = 0;
  for (const { file: name, stream, offset, length } of slices) {
    const start = Math.max(from, at);
    const end = Math.min(next, at + length);
    const file = files.get(name);
    if (file && start < end) {
      const wanted = end - start;
      const bytes = await bytesOf(file, offset + start - at, { length: wanted, most: wanted });
      pieces.push({ stream, bytes });
    }
    at += length;
    if (at >= next) break;
  }
  return pieces;
}

/** The bytes at an offset; reads up to `most` of them, which the next call may ask for. */
async function bytesOf(
  file: OpenFile,
  offset: number,
  { length, most }: { length: number; most: number },
): Promise<Buffer> {
  const { window } = file;
  const from = offset - window.offset;
  if (from >= 0 && from + length <= window.bytes.length) return window.bytes.subarray(from, from + length);
  const bytes = Buffer.allocUnsafe(Math.max(length, most));
  const read = await file.handle?.read(bytes, 0, bytes.length, offset);
  const onDisk = read?.bytesRead ?? 0;
  const unwritten = copyUnwritten(file.path, bytes.subarray(onDisk), offset + onDisk);
  file.window = { offset, bytes: bytes.subarray(0, onDisk + unwritten) };
  return file.window.bytes.subarray(0, length);
}
