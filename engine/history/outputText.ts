import { isUtf8 } from 'node:buffer';
import type { OutputChunk } from '../../core/protocol/output.ts';
import type { OutputPiece } from '../../core/export/output.ts';

/** Output as clients in another process get it: neighbouring pieces of one stream together. */
export function chunksOf(pieces: readonly OutputPiece[]): OutputChunk[] {
  const decoders = { stdout: newDecoder(), stderr: newDecoder() };
  return joined(pieces).map(([first, ...others]) => {
    const bytes = Buffer.concat([first, ...others].map((each) => each.bytes));
    return chunkOf(first.stream, bytes, decoders[first.stream]);
  });
}

function joined(pieces: readonly OutputPiece[]): readonly [OutputPiece, ...OutputPiece[]][] {
  const runs: [OutputPiece, ...OutputPiece[]][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last?.[0].stream === piece.stream) last.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

type Decoder = ReturnType<typeof newDecoder>;

function newDecoder() {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}

/** The text for people, and the exact bytes where the text can not hold them. */
function chunkOf(stream: OutputPiece['stream'], bytes: Buffer, decoder: Decoder): OutputChunk {
  const text = decoder.decode(bytes, { stream: true });
  const exact = isUtf8(bytes) && Buffer.byteLength(text) === bytes.length;
  return { stream, text, ...(!exact && { base64: bytes.toString('base64') }) };
}
