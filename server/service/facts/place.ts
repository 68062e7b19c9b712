import type { Range } from 'vscode-languageserver-types';
import type { TextPlace } from '../../../core/util/problem.ts';
import type { Part, Path } from '../../../core/yaml/places.ts';
import { scalarOffsets } from '../../../core/yaml/scalarOffsets.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';

/** A key or value that was read as this text. */
export type ReadText = { readonly path: Path; readonly part: Part; readonly value: string };

/** Range of a place inside of a text, through quotes, escapes and the lines of block scalars. */
export function rangeInside(
  { document, parsed }: MusterDocument,
  { path, part, value }: ReadText,
  place: TextPlace,
): Range {
  const whole = parsed.rangeOf(path, part);
  const written = document.getText().slice(whole.start, whole.end);
  const offset = written.startsWith(value) ? (at: number): number => at : scalarOffsets(written, value);
  const start = whole.start + offset(place.start);
  return rangeOf(document, { ...whole, start, end: Math.max(start, whole.start + endOffset(offset, place)) });
}

/** The end of what is there, not the beginning of what comes after: a line may break in between. */
function endOffset(offset: (at: number) => number, { start, end }: TextPlace): number {
  return end > start ? offset(end - 1) + 1 : offset(end);
}
