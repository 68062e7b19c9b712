import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputChunk } from '../../core/protocol/output.ts';
import type { Extent } from '../../core/run/events.ts';
import type { OutputStream } from '../../core/run/progress.ts';
import { frameHeadBytes, readFrameHead } from './frame.ts';

export type OutputPart = { from: number; next: number; total: number; chunks: OutputChunk[] };

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

type Output = { readonly folder: string; readonly extents: readonly Extent[]; readonly frames: Frames };

async function readPart(output: Output, range: { from: number; limit: number }): Promise<OutputPart> {
  const files = new Map<string, FileHandle>();
  try {
    const slices = await slicesOf(output, files);
    const total = slices.reduce((sum, slice) => sum + slice.length, 0);
    const from = Math.min(range.from < 0 ? Math.max(0, total + range.from) : range.from, total);
    const next = Math.min(from + range.limit, total);
    return { from, next, total, chunks: await chunksOf(slices, { from, next }, files) };
  } finally {
    await Promise.all([...files.values()].map((file) => file.close()));
  }
}

/** Where the bytes of each frame are. */
async function slicesOf(
  { folder, extents, frames }: Output,
  files: Map<string, FileHandle>,
): Promise<readonly Slice[]> {
  const slices: Slice[] = [];
  for (const extent of extents) {
    const path = join(folder, extent.file);
    const file = files.get(extent.file) ?? (await open(path, 'r').catch(() => undefined));
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

/** Goes on from the last frame that is known: an extent grows while its output comes. A damaged frame is the end. */
async function findFrames(
  file: FileHandle,
  extent: Extent,
  known: { end: number; readonly slices: Slice[] },
): Promise<void> {
  const head = Buffer.alloc(frameHeadBytes);
  const end = extent.offset + extent.length;
  while (known.end < end) {
    const at = known.end;
    const { bytesRead } = await file.read(head, 0, frameHeadBytes, at);
    // Another reader of the same output may have gone on in the meantime.
    if (known.end !== at) continue;
    const frame = readFrameHead(head.subarray(0, bytesRead));
    if (!frame) return;
    const offset = at + frameHeadBytes;
    known.slices.push({ file: extent.file, stream: frame.stream, offset, length: frame.length });
    known.end = offset + frame.length;
  }
}

async function chunksOf(
  slices: readonly Slice[],
  { from, next }: { from: number; next: number },
  files: ReadonlyMap<string, FileHandle>,
): Promise<OutputChunk[]> {
  const decoders = { stdout: newDecoder(), stderr: newDecoder() };
  const chunks: OutputChunk[] = [];
  let at = 0;
  for (const run of joined(slices)) {
    const bytes: Buffer[] = [];
    for (const slice of run) {
      const start = Math.max(from, at);
      const end = Math.min(next, at + slice.length);
      const file = files.get(slice.file);
      if (file && start < end) bytes.push(await bytesOf(file, slice.offset + start - at, end - start));
      at += slice.length;
    }
    const [first] = run;
    if (bytes.length > 0 && first)
      chunks.push(chunkOf(first.stream, Buffer.concat(bytes), decoders[first.stream]));
  }
  return chunks;
}

/** Neighbouring slices of one stream together. */
function joined(slices: readonly Slice[]): Slice[][] {
  const runs: Slice[][] = [];
  for (const slice of slices) {
    const last = runs.at(-1);
    if (last?.[0]?.stream === slice.stream) last.push(slice);
    else runs.push([slice]);
  }
  return runs;
}

async function bytesOf(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  return bytes.subarray(0, bytesRead);
}

type Decoder = ReturnType<typeof newDecoder>;

function newDecoder() {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}

/** The text for people, and the exact bytes where the text can not hold them. */
function chunkOf(stream: OutputStream, bytes: Buffer, decoder: Decoder): OutputChunk {
  const text = decoder.decode(bytes, { stream: true });
  const exact = isUtf8(bytes) && Buffer.byteLength(text) === bytes.length;
  return { stream, text, ...(!exact && { base64: bytes.toString('base64') }) };
}
