import type { TextPlace, TextRange } from '../util/problem.ts';
import type { Complaint } from './place.ts';
import { rangesIn } from './place.ts';

/** Position in the text of a selection. Reading stops at the first complaint: `complaint` is set once. */
export type Reader = {
  readonly text: string;
  readonly rangeOf: (place: TextPlace) => TextRange;
  at: number;
  depth: number;
  complaint: Complaint | undefined;
};

export function readerOf(text: string): Reader {
  return { text, rangeOf: rangesIn(text), at: 0, depth: 0, complaint: undefined };
}

/** What was read since `start`, as text and range. */
export function writtenSince(reader: Reader, start: number): { text: string; range: TextRange } {
  return { text: reader.text.slice(start, reader.at), range: reader.rangeOf({ start, end: reader.at }) };
}

/** Notes what is wrong and gives undefined, so that a reading function can return it. */
export function complain(reader: Reader, complaint: Complaint): undefined {
  reader.complaint ??= complaint;
  return undefined;
}

/** A complaint about the one character at a place. */
export function complainAt(reader: Reader, at: number, what: { message: string; fix?: string }): undefined {
  return complain(reader, { place: { start: at, end: Math.min(at + 1, reader.text.length) }, ...what });
}

/** Skips white space; true when there was some. */
export function skipSpace(reader: Reader): boolean {
  const from = reader.at;
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
  return reader.at > from;
}

/** Takes what the sticky expression matches here, or nothing. */
export function take(reader: Reader, sticky: RegExp): string | undefined {
  sticky.lastIndex = reader.at;
  const match = sticky.exec(reader.text)?.[0];
  if (match !== undefined) reader.at += match.length;
  return match;
}
