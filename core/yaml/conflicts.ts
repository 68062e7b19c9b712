import type { Problem } from '../util/problem.ts';
import type { Lines } from './lines.ts';

type Marks = {
  readonly begin: number;
  readonly middle: number;
  readonly other: number;
  /** Undefined where there is no such mark. */
  readonly end: number | undefined;
};

/**
 * A text without the conflicts of a merge that nobody finished: only our side is left, at the places where it was
 * written, and each conflict is one problem. One pass over the lines.
 */
export function withoutConflicts(text: string, lines: Lines): { text: string; problems: readonly Problem[] } {
  if (!text.includes('<<<<<<<')) return { text, problems: [] };
  const conflicts = [...conflictsIn(text)];
  let read = '';
  let at = 0;
  for (const { begin, middle, other, end } of conflicts) {
    const ours = lineAfter(text, begin);
    read += text.slice(at, begin) + blank(text.slice(begin, ours)) + text.slice(ours, middle);
    // Where theirs ends nobody knows without its mark: both sides are left.
    const gone = end ?? lineAfter(text, other);
    read += blank(text.slice(middle, gone));
    at = gone;
  }
  const problems = conflicts.map(({ begin }): Problem => ({
    code: 'yaml/conflict-marker',
    severity: 'error',
    message: 'A merge is not finished here.',
    fix: 'Keep one side, and take the lines with <<<<<<<, ======= and >>>>>>> out.',
    range: lines.range(begin, lineAfter(text, begin) - 1),
  }));
  return { text: read + text.slice(at), problems };
}

/** Both sides of the conflict that begins at an offset; undefined where none does. */
export function sidesOf(
  text: string,
  offset: number,
): { ours: string; theirs: string; end: number } | undefined {
  const [found] = conflictsIn(text, offset);
  if (found?.begin !== offset || found.end === undefined) return undefined;
  const { begin, middle, other, end } = found;
  const theirs = text.slice(lineAfter(text, other), lineStartBefore(text, end));
  return { ours: text.slice(lineAfter(text, begin), middle), theirs, end };
}

/** A conflict of which not all marks have come yet. */
type Open = { readonly begin: number; middle?: number; readonly other?: number };

/** Conflicts that end nowhere; of a text with more of them there is nothing to save. */
const mostUnfinished = 100;

/**
 * Conflicts from an offset on, each as soon as its last line is read. `middle` is where our side ends, `other` the line
 * before theirs, `end` behind the last mark.
 */
function* conflictsIn(text: string, from = 0): Generator<Marks, void, undefined> {
  let unfinished = 0;
  let open: Open | undefined;
  for (let at = from; at < text.length; at = lineAfter(text, at)) {
    const mark = /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/.exec(text.slice(at, at + 8))?.[0][0];
    if (mark === '<') {
      if (open && (unfinished += 1) <= mostUnfinished) yield alone(text, open);
      open = { begin: at };
    }
    if (open && mark === '|') open.middle ??= at;
    else if (open && mark === '=') open = { begin: open.begin, middle: open.middle ?? at, other: at };
    else if (open?.middle !== undefined && open.other !== undefined && mark === '>') {
      yield { begin: open.begin, middle: open.middle, other: open.other, end: lineAfter(text, at) };
      open = undefined;
    }
  }
  if (!open) return;
  const { begin, middle = text.length, other = middle } = open;
  yield { begin, middle, other, end: undefined };
}

/** A conflict in whose sides another one begins: only its marks are left out. */
function alone(text: string, { begin, middle, other }: Open): Marks {
  const first = lineAfter(text, begin);
  return { begin, middle: middle ?? first, other: other ?? middle ?? begin, end: undefined };
}

/** As long as before, with nothing in it but its line breaks. */
export function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Where the last line before an offset begins. */
function lineStartBefore(text: string, offset: number): number {
  return text.lastIndexOf('\n', text.endsWith('\n', offset) ? offset - 2 : offset - 1) + 1;
}
