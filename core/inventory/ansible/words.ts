/** A word of a line, without its quotes, and where it begins. */
export type Word = { readonly text: string; readonly start: number };

/**
 * Splits a line into words as Python's `shlex.split(line, comments=True)` does: quotes join, a backslash takes the next
 * character as it is, and `#` begins a comment even in the middle of a word. Undefined where a quote is not closed.
 */
export function splitWords(line: string): readonly Word[] | undefined {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    const char = line[at] ?? '';
    if (char === '#') break;
    if (isSpace(char)) {
      at++;
      continue;
    }
    const word = readWord(line, at);
    if (!word) return undefined;
    words.push({ text: word.text, start: at });
    at = word.end;
  }
  return words;
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n';
}

function readWord(line: string, from: number): { text: string; end: number } | undefined {
  let text = '';
  let at = from;
  while (at < line.length) {
    const char = line[at] ?? '';
    if (isSpace(char)) return { text, end: at };
    if (char === '#') return { text, end: line.length };
    if (char === '\\') {
      if (at + 1 >= line.length) return undefined;
      text += line[at + 1];
      at += 2;
    } else if (char === '"' || char === "'") {
      const quoted = readQuoted(line, at);
      if (!quoted) return undefined;
      text += quoted.text;
      at = quoted.end;
    } else {
      text += char;
      at++;
    }
  }
  return { text, end: at };
}

/** In double quotes a backslash is only one before another and before the quote; in single quotes it is a character. */
function readQuoted(line: string, from: number): { text: string; end: number } | undefined {
  const quote = line[from];
  let text = '';
  for (let at = from + 1; at < line.length; at++) {
    const char = line[at] ?? '';
    if (char === quote) return { text, end: at + 1 };
    const next = line[at + 1];
    if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) {
      text += next;
      at++;
    } else text += char;
  }
  return undefined;
}
