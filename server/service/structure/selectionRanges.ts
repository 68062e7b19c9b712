import type { Position, Range, SelectionRange } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import { wordAt } from '../word.ts';

/** From the word at a place outwards: its text, its entry, the step, the list, the file. */
export function selectionRanges(opened: MusterDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => chain(opened, rangesAround(opened, position), position));
}

/** Innermost first; each is inside of the next one. */
function rangesAround({ document, parsed }: MusterDocument, position: Position): readonly Range[] {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const word = wordAt(text, offset);
  const found = parsed.pathAt(offset);
  const spans: (readonly [number, number])[] = word.text === '' ? [] : [[word.start, word.end]];
  if (found) {
    const part = parsed.rangeOf(found.path, found.part);
    spans.push([part.start, part.end]);
    for (let length = found.path.length; length > 0; length -= 1) {
      const path = found.path.slice(0, length);
      const value = parsed.rangeOf(path, 'value');
      const key = typeof path.at(-1) === 'number' ? value : parsed.rangeOf(path, 'key');
      spans.push([value.start, value.end], [Math.min(key.start, value.start), Math.max(key.end, value.end)]);
    }
  }
  spans.push([0, text.length]);
  return spans.map(([start, end]) =>
    rangeOf(document, { line: 0, column: 0, start, end: endOfText(text, start, end) }),
  );
}

/** Without the line breaks that a block ends with. */
function endOfText(text: string, start: number, end: number): number {
  return end === text.length ? end : start + text.slice(start, end).trimEnd().length;
}

function chain({ document }: MusterDocument, ranges: readonly Range[], position: Position): SelectionRange {
  const here = { start: position, end: position };
  const size = ({ start, end }: Range): number => document.offsetAt(end) - document.offsetAt(start);
  const contains = (outer: Range, inner: Range): boolean =>
    document.offsetAt(outer.start) <= document.offsetAt(inner.start) &&
    document.offsetAt(outer.end) >= document.offsetAt(inner.end);
  const nested: Range[] = [];
  for (const range of ranges.toSorted((a, b) => size(a) - size(b))) {
    const inner = nested.at(-1) ?? here;
    if (contains(range, inner) && (nested.length === 0 || size(range) > size(inner))) nested.push(range);
  }
  return (
    nested.reduceRight<SelectionRange | undefined>(
      (parent, range) => ({ range, ...(parent && { parent }) }),
      undefined,
    ) ?? {
      range: here,
    }
  );
}
