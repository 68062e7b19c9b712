/** Part of a text, in UTF-16 units from 0; `end` is exclusive. */
export type Word = { readonly text: string; readonly start: number; readonly end: number };

/** A name, with the ranges in it: `web[01-20].example.com`. */
const names = /(?:[\p{L}\p{M}\p{N}_.:@%/+-]|(?<=[\p{L}\p{N}_.-])\[[\d,/-]+\])+/gu;

/** The name around an offset: what a person would replace as one word. Empty where there is none. */
export function wordAt(text: string, offset: number): Word {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(from, end === -1 ? text.length : end);
  for (const match of line.matchAll(names)) {
    const start = from + match.index;
    const bare = match[0].replace(/:$/, '');
    if (start <= offset && offset <= start + bare.length)
      return { text: bare, start, end: start + bare.length };
  }
  return { text: '', start: offset, end: offset };
}
