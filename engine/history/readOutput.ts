import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputPiece } from '../../core/export/output.ts';
import type { Extent } from '../../core/run/events.ts';
import type { OutputStream } from '../../core/run/progress.ts';
import { frameHeadBytes, readFrameHead } from './frame.ts';
import { createUnwrittenFiles, type UnwrittenFiles } from './unwritten.ts';

/** Offsets are bytes of both streams together, as they came. */
export type OutputPart = { from: number; next: number; total: number; pieces: readonly OutputPiece[] };

type Slice = { stream: OutputStream; offset: number; length: number };

/** Reads a part of an execution's output: stdout and stderr together, in the order they came. */
export type ReadOutput = (
  folder: string,
  extents: readonly Extent[],
  range: { from: number; limit: number },
) => Promise<OutputPart>;

/** Remembers where frames are: pages of one output follow each other, and each would look for all of them again. */
export function createOutputReader(unwritten = createUnwrittenFiles()): ReadOutput {
  const frames: Frames = new Map();
  return (folder, extents, range) => readPart({ folder, extents, frames, unwritten }, range);
}

/** Where the frames of an extent are, as far as they have been looked for; by file and offset. */
type Frames = Map<string, { end: number; readonly slices: Slice[] }>;

/** Extents that are remembered at most. */
const mostExtents = 1000;
/** Bytes of an extent up to which it is read as a whole: a page, and the heads of its frames. */
const shortExtent = 1_114_112;

/** How many extents are looked at side by side: one after the other, each would wait for a turn of its own. */
const together = 16;

type Output = {
  readonly folder: string;
  readonly extents: readonly Extent[];
  readonly frames: Frames;
  readonly unwritten: UnwrittenFiles;
};

async function readPart(output: Output, range: { from: number; limit: number }): Promise<OutputPart> {
  const files = await openFiles(output);
  try {
    const found = await slicesOf(output, files);
    const total = found.reduce((sum, { slice }) => sum + slice.length, 0);
    const from = Math.min(range.from < 0 ? Math.max(0, total + range.from) : range.from, total);
    const next = Math.min(from + range.limit, total);
    return { from, next, total, pieces: await piecesOf(found, { from, next }) };
  } finally {
    await Promise.all([...files.values()].map(async (file) => file?.handle?.close()));
  }
}

/** `handle`: absent where the disk has nothing of it. */
type OpenFile = {
  readonly path: string;
  readonly handle: FileHandle | undefined;
  readonly unwritten: UnwrittenFiles;
};

/** An extent of a file, and what has been read of it last. */
type Source = { readonly file: OpenFile; window: { offset: number; bytes: Buffer } };

/** A slice, and where it is read. */
type Found = { readonly slice: Slice; readonly source: Source };

async function openFiles({
  folder,
  extents,
  unwritten,
}: Output): Promise<ReadonlyMap<string, OpenFile | undefined>> {
  const names = [...new Set(extents.map(({ file }) => file))];
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await openFile(join(folder, name), unwritten)] as const),
    ),
  );
}

async function openFile(path: string, unwritten: UnwrittenFiles): Promise<OpenFile | undefined> {
  const handle = await open(path, 'r').catch(() => undefined);
  return handle || unwritten.has(path) ? { path, handle, unwritten } : undefined;
}

/** Where the bytes of each frame are. */
async function slicesOf(
  { extents, frames }: Output,
  files: Awaited<ReturnType<typeof openFiles>>,
): Promise<readonly Found[]> {
  const all: Found[] = [];
  for (let at = 0; at < extents.length; at += together) {
    const some = extents.slice(at, at + together).map(async (extent) => {
      const file = files.get(extent.file);
      return file ? slicesOfExtent(file, extent, frames) : [];
    });
    for (const found of await Promise.all(some)) for (const each of found) all.push(each);
  }
  for (const key of frames.keys()) {
    if (frames.size <= mostExtents) break;
    frames.delete(key);
  }
  return all;
}

async function slicesOfExtent(file: OpenFile, extent: Extent, frames: Frames): Promise<readonly Found[]> {
  const source: Source = { file, window: { offset: 0, bytes: Buffer.alloc(0) } };
  const key = `${file.path} ${extent.offset}`;
  const known = frames.get(key) ?? { end: extent.offset, slices: [] };
  await findFrames(source, extent, known);
  frames.delete(key);
  frames.set(key, known);
  return known.slices.map((slice) => ({ slice, source }));
}

/** Goes on from the last frame that is known: an extent grows while its output comes. A damaged frame is the end. */
async function findFrames(
  source: Source,
  extent: Extent,
  known: { end: number; readonly slices: Slice[] },
): Promise<void> {
  const end = extent.offset + extent.length;
  while (known.end < end) {
    const at = known.end;
    const most = extent.length <= shortExtent ? end - at : frameHeadBytes;
    const head = await bytesOf(source, at, { length: frameHeadBytes, most });
    // Another reader of the same output may have gone on in the meantime.
    if (known.end !== at) continue;
    const frame = readFrameHead(head);
    if (!frame) return;
    const offset = at + frameHeadBytes;
    known.slices.push({ stream: frame.stream, offset, length: frame.length });
    known.end = offset + frame.length;
  }
}

async function piecesOf(
  found: readonly Found[],
  { from, next }: { from: number; next: number },
): Promise<OutputPiece[]> {
  const pieces: OutputPiece[] = [];
  let at = 0;
  for (const { slice, source } of found) {
    const start = Math.max(from, at);
    const end = Math.min(next, at + slice.length);
    if (start < end) {
      const wanted = end - start;
      const bytes = await bytesOf(source, slice.offset + start - at, { length: wanted, most: wanted });
      pieces.push({ stream: slice.stream, bytes });
    }
    at += slice.length;
    if (at >= next) break;
  }
  return pieces;
}

/** The bytes at an offset; reads up to `most` of them, which the next call may ask for. */
async function bytesOf(
  source: Source,
  offset: number,
  { length, most }: { length: number; most: number },
): Promise<Buffer> {
  const { file, window } = source;
  const from = offset - window.offset;
  if (from >= 0 && from + length <= window.bytes.length) return window.bytes.subarray(from, from + length);
  const bytes = Buffer.allocUnsafe(Math.max(length, most));
  const read = await file.handle?.read(bytes, 0, bytes.length, offset);
  const onDisk = read?.bytesRead ?? 0;
  const unwritten = file.unwritten.copy(file.path, bytes.subarray(onDisk), offset + onDisk);
  source.window = { offset, bytes: bytes.subarray(0, onDisk + unwritten) };
  return source.window.bytes.subarray(0, length);
}
