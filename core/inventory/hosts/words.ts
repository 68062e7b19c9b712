import type { TextPlace } from '../../util/problem.ts';

/** A word of a line and where it stands in the whole text. */
export type Word = TextPlace & { readonly text: string };

/** The words of one line, and whether commas stand between them. */
export type WordLine = TextPlace & { readonly words: readonly Word[]; readonly hasComma: boolean };

/**
 * Lines with words: separated by spaces, tabs or commas, brackets kept whole; `#` at the beginning of a word starts a
 * comment. Lines end with `\n` or `\r\n`.
 */
export function wordLinesOf(text: string): WordLine[] {
  const lines: WordLine[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = wordsOf(text, { start, end });
    if (line.words.length > 0) lines.push(line);
    start = end + 1;
  }
  return lines;
}

function wordsOf(text: string, { start, end }: TextPlace): WordLine {
  const words: Word[] = [];
  let hasComma = false;
  let at = start;
  while (at < end) {
    const char = text[at] ?? '';
    if (char === '#') break;
    if (char === ',') hasComma = true;
    if (char === ',' || /\s/.test(char)) {
      at += 1;
      continue;
    }
    const stop = endOfWord(text, at, end);
    words.push({ text: text.slice(at, stop), start: at, end: stop });
    at = stop;
  }
  return { start, end, words, hasComma };
}

/** Commas and spaces inside brackets belong to the word. */
function endOfWord(text: string, from: number, end: number): number {
  let isInside = false;
  for (let at = from; at < end; at += 1) {
    const char = text[at] ?? '';
    if (char === '[') isInside = true;
    else if (char === ']') isInside = false;
    else if (char === '\r' && at + 1 === end) return at;
    else if (!isInside && (char === ',' || /\s/.test(char))) return at;
  }
  return end;
}
