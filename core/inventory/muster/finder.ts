import type { Problem, TextRange } from '../../util/problem.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import type { Part, Path } from '../../yaml/places.ts';
import { type Complaint, problemOf } from '../sourceText.ts';

/** Ranges of a parsed inventory text, down to a word inside a value. */
export type Finder = {
  /** Is there an entry at this path, as it was written? */
  isWritten(path: Path): boolean;
  /** Is all that is said there one text, as `user@host`? */
  isShort(path: Path): boolean;
  /** Range of an item that is written alone or in a list. */
  item(path: Path, value: string): TextRange;
  /** Range of a key or value. */
  at(path: Path, part: Part): TextRange;
  /** Range of a place inside a key or value whose text was read as `value`; the whole where it was written otherwise. */
  inside(where: { path: Path; part: Part; value: string }, place: { start: number; end: number }): TextRange;
  /** Range of a name inside such a text, where it is spelled out. */
  word(where: { path: Path; part: Part; value: string }, name: string): TextRange;
};

export function finderOf(text: string, document: ParsedDocument<unknown>): Finder {
  const inside: Finder['inside'] = ({ path, part, value }, place) => {
    const whole = document.rangeOf(path, part);
    const quote = text.startsWith(value, whole.start + 1) && /["']/.test(text[whole.start] ?? '') ? 1 : 0;
    if (!text.startsWith(value, whole.start + quote)) return whole;
    const start = Math.min(whole.start + quote + place.start, whole.end);
    return {
      start,
      end: Math.max(start, Math.min(whole.start + quote + place.end, whole.end)),
      line: whole.line,
      column: whole.column + start - whole.start,
    };
  };
  return {
    at: (path, part) => document.rangeOf(path, part),
    isWritten: (path) => document.writtenAt(path) !== undefined,
    isShort: (path) => typeof document.writtenAt(path) === 'string',
    item(path, value) {
      const written = document.writtenAt(path);
      const at = Array.isArray(written) ? written.indexOf(value) : -1;
      return document.rangeOf(at === -1 ? path : [...path, at], 'value');
    },
    inside,
    word(where, name) {
      const start = wordStart(where.value, name);
      return start === -1
        ? document.rangeOf(where.path, where.part)
        : inside(where, { start, end: start + name.length });
    },
  };
}

/** An error at a range. */
export function problemAt(range: TextRange, complaint: Complaint): Problem {
  return problemOf(complaint, { range });
}

function wordStart(text: string, word: string): number {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? ',';
    const after = text[at + word.length] ?? ',';
    if (/[,\s]/.test(before) && /[,\s]/.test(after)) return at;
  }
  return -1;
}
