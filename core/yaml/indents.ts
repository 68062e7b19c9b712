import type { TextPlace } from '../util/problem.ts';
import { lineStart } from './entries.ts';
import type { Change } from './offsetMap.ts';

/** Columns that a tab may stand for, the most usual first. */
const widths = [2, 4, 8] as const;

/** All tabs in indentations from a place on, as so many spaces each: one way after the other. */
export function untabbed(text: string, at: number): readonly (readonly Change[])[] {
  const start = lineStart(text, at);
  const indents = tabIndents(text).filter((indent) => indent.start >= start);
  return widths.map((width) =>
    indents.map(({ written, ...place }, turn) => ({
      ...place,
      text: written.replaceAll('\t', ' '.repeat(width)),
      ...(turn > 0 && { isSure: true as const }),
    })),
  );
}

/** Indentations with tabs; those of lines of a block scalar are not, where a tab belongs to the text. */
function tabIndents(text: string): readonly (TextPlace & { readonly written: string })[] {
  const found: (TextPlace & { readonly written: string })[] = [];
  let scalar: number | undefined;
  for (const { 0: line, index: start } of text.matchAll(/[^\n]+/g)) {
    const spaces = spacesAt(line, 0);
    const isBlank = line.trim() === '';
    if (scalar !== undefined && !isBlank && spaces <= scalar) scalar = undefined;
    const [written = ''] = /^ *\t[ \t]*/.exec(line) ?? [];
    if (scalar === undefined && written !== '' && !isBlank)
      found.push({ start, end: start + written.length, written });
    if (
      written === '' &&
      scalar === undefined &&
      /(?:^|[\s:-])[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?\r?$/.test(line)
    )
      scalar = spaces;
  }
  return found;
}

/** The line around an offset with the indentation of a line beside it: of what is behind the dash above it, and so on. */
export function reindented(text: string, at: number): readonly Change[] {
  const start = lineStart(text, at);
  const own = spacesAt(text, start);
  // What is marked in the middle of a line is no matter of its beginning.
  if (at !== start + own) return [];
  const above = lineAbove(text, start);
  if (above === undefined) return [];
  const dashes = /^ *((?:- +)*)/.exec(text.slice(above));
  const columns = [dashes?.[0].length ?? 0, spacesAt(text, above)];
  // An entry of a list belongs below another one, not into it.
  if (text[at] === '-') columns.reverse();
  return [...new Set(columns)]
    .filter((column) => column !== own)
    .map((column) => ({ start, end: start + own, text: ' '.repeat(column) }));
}

function spacesAt(text: string, start: number): number {
  return /^ */.exec(text.slice(start, start + 1000))?.[0].length ?? 0;
}

/** Where the last line before an offset begins that has something in it. */
function lineAbove(text: string, start: number): number | undefined {
  let at = start;
  while (at > 0) {
    at = lineStart(text, at - 1);
    const end = text.indexOf('\n', at);
    if (!/^\s*(?:#.*)?$/.test(text.slice(at, end === -1 ? text.length : end))) return at;
  }
  return undefined;
}

/** The first tab in the indentation of the line around an offset; undefined where there is none. */
export function tabBefore(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const tab = /^ *(?=\t)/.exec(text.slice(start, start + 1000));
  return tab ? start + tab[0].length : undefined;
}
