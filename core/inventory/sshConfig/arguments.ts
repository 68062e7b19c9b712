/** Words of a line, or that a quote in it is not closed. */
export type Arguments = readonly string[] | undefined;

/**
 * Splits the rest of a line into words as ssh does: single and double quotes join, a backslash stands before a quote, a
 * backslash or, outside of quotes, a space; `#` at the beginning of a word begins a comment.
 */
export function splitArguments(text: string): Arguments {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ' || text[at] === '\t') {
      at++;
      continue;
    }
    if (text[at] === '#') break;
    const word = readWord(text, at);
    if (!word) return undefined;
    words.push(word.text);
    at = word.end;
  }
  return words;
}

function readWord(text: string, from: number): { text: string; end: number } | undefined {
  let word = '';
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (char === '\\' && (next === '"' || next === "'" || next === '\\' || (quote === '' && next === ' '))) {
      word += next;
      at++;
    } else if (quote === '' && (char === ' ' || char === '\t')) break;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else word += char;
  }
  return quote === '' ? { text: word, end: at } : undefined;
}

/** Keyword and the rest of a line, which an equals sign may divide; undefined of empty lines and comments. */
export function splitKeyword(line: string): { keyword: string; rest: string; at: number } | undefined {
  const [, space = '', keyword, divider = '', rest = ''] =
    /^([ \t\f\r\v]*)"?([^\s="#]+)"?((?:[ \t]*=[ \t]*|[ \t]+)?)(.*)$/.exec(
      line.replace(/[ \t\f\r\v]+$/, ''),
    ) ?? [];
  if (keyword === undefined) return undefined;
  return { keyword: keyword.toLowerCase(), rest, at: space.length + keyword.length + divider.length };
}
