import fc from 'fast-check';
import type { OutputPiece } from '../../../core/export/output.ts';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .constantFrom('=1', '"', ',', '\n', '\r\n', "'=", 'é', '😀')
    .map((text) => new Uint8Array(Buffer.from(text))),
);

/** An output in pieces, text or not, characters cut apart here and there. */
export function pieces(): fc.Arbitrary<readonly OutputPiece[]> {
  const piece = fc.record({ stream: fc.constantFrom('stdout' as const, 'stderr' as const), bytes });
  const whole = fc.array(piece, { maxLength: 6 });
  return fc.tuple(whole, fc.boolean()).map(([all, isCut]) => (isCut ? all.flatMap(cut) : all));
}

function cut({ stream, bytes: all }: OutputPiece): readonly OutputPiece[] {
  return [...all].map((byte) => ({ stream, bytes: Uint8Array.of(byte) }));
}
