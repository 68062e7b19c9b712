import type { TextRange } from '../util/problem.ts';

/** Turns offsets of one text into places with line and column. */
export type Lines = {
  range(start: number, end: number): TextRange;
};

/** Lines end with `\n` or `\r\n`. One pass over the text, a binary search per look-up. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    range(start, end) {
      const from = Math.max(0, Math.min(start, text.length));
      const line = lineOf(from);
      return {
        start: from,
        end: Math.max(from, Math.min(end, text.length)),
        line: line + 1,
        column: from - (starts[line] ?? 0) + 1,
      };
    },
  };
}
