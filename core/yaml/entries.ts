import type { TextPlace } from '../util/problem.ts';

/**
 * The entry of a text around an offset, by columns alone, so that it is found in a text that does not parse: an item or
 * key directly below a key of the top where there is one, else that key of the top with everything below it.
 */
export function entryAround(text: string, offset: number): TextPlace {
  const top = blockAround(text, { offset, within: { start: 0, end: text.length }, indent: 0 });
  const firstBelow = nextLine(text, top.start);
  const indent = firstIndent(text, { start: firstBelow, end: top.end });
  if (indent === undefined || offset < firstBelow) return top;
  const inner = blockAround(text, { offset, within: { start: firstBelow, end: top.end }, indent });
  return inner;
}

/** The key of the top around an offset, with everything below it. */
export function topEntryAround(text: string, offset: number): TextPlace {
  return blockAround(text, { offset, within: { start: 0, end: text.length }, indent: 0 });
}

type Search = { readonly offset: number; readonly within: TextPlace; readonly indent: number };

/** From the last line that begins in a column of at most `indent` to the next that does. */
function blockAround(text: string, { offset, within, indent }: Search): TextPlace {
  let start = lineStart(text, offset);
  while (start > within.start && !beginsAt(text, start, indent)) start = lineStart(text, start - 1);
  let end = nextLine(text, Math.max(start, lineStart(text, offset)));
  while (end < within.end && !beginsAt(text, end, indent)) end = nextLine(text, end);
  return { start: Math.max(start, within.start), end: Math.min(end, within.end) };
}

/** Whether an entry begins on this line: not on an empty one, a comment, or one that is further right. A list may stand below its key. */
function beginsAt(text: string, start: number, indent: number): boolean {
  const column = indentOf(text, start);
  const first = text[start + column];
  if (column > indent || first === undefined || first === '\n' || first === '\r' || first === '#')
    return false;
  return indent > 0 || first !== '-' || text.startsWith('---', start);
}

function firstIndent(text: string, { start, end }: TextPlace): number | undefined {
  for (let at = start; at < end; at = nextLine(text, at)) {
    const column = indentOf(text, at);
    const first = text[at + column];
    if (first !== undefined && !/[\r\n#]/.test(first)) return column === 0 ? 0.5 : column;
  }
  return undefined;
}

function indentOf(text: string, start: number): number {
  let column = 0;
  while (text[start + column] === ' ' || text[start + column] === '\t') column += 1;
  return column;
}

/** Where the line around an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
