import type { Problem, TextPlace, TextRange } from '../util/problem.ts';

/** What is wrong at a place of the text that is being read. */
export type Complaint = { readonly place: TextPlace; readonly message: string; readonly fix?: string };

/** The same place with line and column, both from 1. */
export function rangeIn(text: string, place: TextPlace): TextRange {
  return rangesIn(text)(place);
}

/** {@link rangeIn} for many places of one text. */
export function rangesIn(text: string): (place: TextPlace) => TextRange {
  const lineStarts = [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
  return ({ start, end }) => {
    const line = lastAtMost(lineStarts, start);
    return { start, end, line: line + 1, column: start - (lineStarts[line] ?? 0) + 1 };
  };
}

/** Index of the last of ascending numbers, the first of which is 0, that is not above the limit. */
function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A complaint about a text as the problem that people and programs get. */
export function syntaxProblem(text: string, complaint: Complaint): Problem {
  return {
    code: 'SELECTION_SYNTAX',
    severity: 'error',
    message: complaint.message,
    ...(complaint.fix === undefined ? {} : { fix: complaint.fix }),
    range: rangeIn(text, complaint.place),
  };
}
