import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputChunk } from '../../core/protocol/output.ts';
import type { Extent } from '../../core/run/events.ts';
import type { OutputStream } from '../../core/run/progress.ts';
import { frameHeadBytes, readFrameHead } from './frame.ts';

export type OutputPart = { from: number; next: number; total: number; chunks: OutputChunk[] };

type Slice = { file: string; stream: OutputStream; offset: number; length: number };

/** Reads a part of an execution's output: stdout and stderr together, in the order they came. */
export async function readOutput(
  folder: string,
  extents: readonly Extent[],
  range: { from: number; limit: number },
): Promise<OutputPart> {
  const files = new Map<string, FileHandle>();
  try {
    const slices = await slicesOf(folder, extents, files);
    const total = slices.reduce((sum, slice) => sum + slice.length, 0);
    const from = Math.min(range.from < 0 ? Math.max(0, total + range.from) : range.from, total);
    const next = Math.min(from + range.limit, total);
    return { from, next, total, chunks: await chunksOf(slices, { from, next }, files) };
  } finally {
    await Promise.all([...files.values()].map((file) => file.close()));
  }
}

/** Where the bytes of each frame are. A damaged frame ends what can be read of its extent. */
async function slicesOf(
  folder: string,
  extents: readonly Extent[],
  files: Map<string, FileHandle>,
): Promise<Slice[]> {
  const slices: Slice[] = [];
  const head = Buffer.alloc(frameHeadBytes);
  for (const extent of extents) {
    const file =
      files.get(extent.file) ?? (await open(join(folder, extent.file), 'r').catch(() => undefined));
    if (!file) continue;
    files.set(extent.file, file);
    const end = extent.offset + extent.length;
    for (let at = extent.offset; at < end;) {
      const { bytesRead } = await file.read(head, 0, frameHeadBytes, at);
      const frame = readFrameHead(head.subarray(0, bytesRead));
      if (!frame) break;
      slices.push({
        file: extent.file,
        stream: frame.stream,
        offset: at + frameHeadBytes,
        length: frame.length,
      });
      at += frameHeadBytes + frame.length;
    }
  }
  return slices;
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
  const exact = Buffer.from(text, 'utf8').equals(bytes);
  return { stream, text, ...(!exact && { base64: bytes.toString('base64') }) };
}
