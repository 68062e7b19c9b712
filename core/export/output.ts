import type { ExecutionState } from '../run/executionState.ts';
import { type OutputStream, outputStreams } from '../run/progress.ts';

/** Bytes of one stream that came one after the other. */
export type OutputPiece = { readonly stream: OutputStream; readonly bytes: Uint8Array };

/** Reads an execution's output from the first byte to the last, a piece at a time. */
export type ReadOutput = (execution: ExecutionState) => AsyncIterable<OutputPiece>;

/** Bytes of both streams together. */
export function totalBytes(execution: ExecutionState): number {
  return execution.stdoutBytes + execution.stderrBytes;
}

/** Bytes up to which an output is read once and kept for a moment; a longer one is read again for each stream. */
const keptBytes = 4_194_304;

/** An output that can be gone through several times. */
export async function openOutput(
  readOutput: ReadOutput,
  execution: ExecutionState,
): Promise<() => AsyncIterable<OutputPiece>> {
  if (totalBytes(execution) > keptBytes) return () => readOutput(execution);
  const kept: OutputPiece[] = [];
  for await (const piece of readOutput(execution)) kept.push(piece);
  return async function* () {
    yield* kept;
  };
}

/** One stream of an output, or its beginning. */
export type Part = {
  readonly stream: OutputStream;
  /** Bytes. */
  readonly size: number;
  /** Whether the stream has more. */
  readonly isCut: boolean;
};

/** A stream up to `cap` bytes. */
export function partOf(execution: ExecutionState, stream: OutputStream, cap: number): Part {
  const total = stream === 'stdout' ? execution.stdoutBytes : execution.stderrBytes;
  return { stream, size: Math.min(cap, total), isCut: total > cap || (execution.leftOut ?? 0) > 0 };
}

/** The bytes of a part. */
export async function* rawBytes(
  pieces: AsyncIterable<OutputPiece>,
  { stream, size }: Part,
): AsyncGenerator<Uint8Array> {
  let left = size;
  if (left === 0) return;
  for await (const piece of pieces) {
    if (piece.stream !== stream) continue;
    yield piece.bytes.subarray(0, left);
    left -= piece.bytes.length;
    if (left <= 0) return;
  }
}

/** A part as text. Undefined where its bytes are not UTF-8. */
export async function textOf(
  pieces: () => AsyncIterable<OutputPiece>,
  part: Part,
): Promise<AsyncIterable<string> | undefined> {
  const kept: string[] = [];
  const isKept = part.size <= keptBytes;
  try {
    for await (const text of decoded(pieces(), part)) if (isKept) kept.push(text);
  } catch {
    return undefined;
  }
  return isKept ? oneText(kept.join('')) : decoded(pieces(), part);
}

async function* oneText(text: string): AsyncGenerator<string> {
  yield text;
}

/** Throws where bytes are not UTF-8. What was cut inside a character ends before it. */
async function* decoded(pieces: AsyncIterable<OutputPiece>, part: Part): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for await (const bytes of rawBytes(pieces, part)) yield decoder.decode(bytes, { stream: true });
  if (!part.isCut) yield decoder.decode();
}

/** Text for people, as it comes; what is not UTF-8 becomes U+FFFD. */
export async function* readText(
  pieces: AsyncIterable<OutputPiece>,
): AsyncGenerator<{ stream: OutputStream; text: string }> {
  const decoders = { stdout: newDecoder(), stderr: newDecoder() };
  for await (const { stream, bytes } of pieces) {
    yield { stream, text: decoders[stream].decode(bytes, { stream: true }) };
  }
  for (const stream of outputStreams) yield { stream, text: decoders[stream].decode() };
}

function newDecoder() {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}
