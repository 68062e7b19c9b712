import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, TextEdit } from 'vscode-languageserver-types';
import { aboveOf } from '../cursor/above.ts';
import { cursorAt } from '../cursor/cursor.ts';
import { type Line, lineAfter, lineAt, lineBefore } from '../cursor/line.ts';

/** Characters after which a client asks. */
export const typedCharacters = { first: '\n', more: ['-'] } as const;

/**
 * What a new line begins with: the column of a text below `|`, of the keys beside or below, a dash where the line above is an
 * item of one line. An item that stays empty ends its list. Read from lines alone, so that it does not matter whether the
 * text parses.
 */
export function onTypeFormatting(
  document: TextDocument,
  { position, typed }: { readonly position: Position; readonly typed: string },
): TextEdit[] {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const line = lineAt(text, offset);
  const change = typed === '-' ? withoutSecondDash(text, line, offset) : newLine(text, line, offset);
  if (!change || text.slice(change.start, change.end) === change.text) return [];
  const range = { start: document.positionAt(change.start), end: document.positionAt(change.end) };
  return [{ range, newText: change.text }];
}

type Change = { readonly start: number; readonly end: number; readonly text: string };

function newLine(text: string, line: Line, offset: number): Change | undefined {
  const upper = lineBefore(text, line);
  if (!upper || !/^[ \t]*(?:- )?$/.test(text.slice(line.start, offset))) return undefined;
  const isEnd = text.slice(offset, line.end).trim() === '';
  if (isEnd && isEmptyItem(text, upper)) {
    // Whoever leaves an item empty has written them all.
    const column = listColumn(text, upper);
    return { start: upper.start, end: offset, text: ' '.repeat(column) };
  }
  const lead = leadBelow(text, upper, line);
  if (lead === undefined || (!isEnd && lead.dash)) return undefined;
  return { start: line.start, end: offset, text: ' '.repeat(lead.column) + (lead.dash ? '- ' : '') };
}

type Lead = { readonly column: number; readonly dash?: boolean };

/** What stands at the beginning of a line below another; undefined where nobody can know. */
function leadBelow(text: string, upper: Line, line: Line): Lead | undefined {
  const last = lastWritten(text, upper);
  if (!last) return undefined;
  const scalar = scalarColumn(text, last);
  if (scalar !== undefined) return { column: scalar };
  if (last.opensScalar)
    return { column: columnBelow(text, { above: last, line, inner: innerOf(text, last) }) };
  if (last !== upper) return undefined;
  if (upper.isBlank) return { column: upper.column };
  const end = text.slice(upper.start, upper.end).trimEnd();
  if (isFlow(text, upper)) return { column: spacesOf(text, upper) + (/[[{]$/.test(end) ? 2 : 0) };
  const { key, dashes } = upper;
  if (key && isEmpty(text.slice(key.valueStart, upper.end)))
    return { column: columnBelow(text, { above: upper, line, inner: key.column + 2 }) };
  if (key) return { column: key.column };
  const dash = dashes.at(-1);
  if (dash === undefined) return { column: upper.column };
  const isItem = !isEmpty(text.slice(upper.start + upper.column, upper.end));
  return isItem ? { column: dash, dash: true } : { column: dash + 2 };
}

/** The line or, where it is empty, the nearest one above that is not. */
function lastWritten(text: string, line: Line): Line | undefined {
  let found: Line | undefined = line;
  while (found && text.slice(found.start, found.end).trim() === '') found = lineBefore(text, found);
  return found;
}

/** The column of a line that is a part of a block scalar; undefined where it is none. */
function scalarColumn(text: string, line: Line): number | undefined {
  const column = spacesOf(text, line);
  const isInside = aboveOf(text, { line: { ...line, dashes: [], column }, column }).some(
    ({ opensScalar, valueStart }) => opensScalar && valueStart < line.start,
  );
  return isInside ? column : undefined;
}

/** Where the text below `|` begins: two columns deeper, or as many as its header says. */
function innerOf(text: string, { key, dashes, start, end }: Line): number {
  const outer = key?.column ?? dashes.at(-1) ?? 0;
  const digit = /[|>][-+]?([1-9])/.exec(text.slice(start, end))?.[1];
  return outer + Number(digit ?? 2);
}

/** The column of what stands there already, where that is deeper than what it belongs to. */
function columnBelow(
  text: string,
  { above, line, inner }: { readonly above: Line; readonly line: Line; readonly inner: number },
): number {
  let next = lineAfter(text, line);
  while (next && text.slice(next.start, next.end).trim() === '') next = lineAfter(text, next);
  const outer = above.key?.column ?? above.dashes.at(-1) ?? 0;
  const column = next ? spacesOf(text, next) : 0;
  const isItem = next !== undefined && next.dashes.length > 0 && column === outer && !above.opensScalar;
  return column > outer || (isItem && above.dashes.length === 0) ? column : inner;
}

/** An item without anything in it, below one of one line. */
function isEmptyItem(text: string, line: Line): boolean {
  const dash = line.dashes.at(-1);
  if (dash === undefined || line.dashes.length > 1 || line.key || scalarColumn(text, line) !== undefined)
    return false;
  return text.slice(line.start, line.end).trim() === '-' && isPlainItem(text, lineBefore(text, line), dash);
}

/** An item of one line whose dash is at this column. */
function isPlainItem(text: string, line: Line | undefined, dash: number): boolean {
  if (!line || line.key || line.opensScalar || line.dashes.at(-1) !== dash) return false;
  return !isEmpty(text.slice(line.start + line.column, line.end)) && scalarColumn(text, line) === undefined;
}

/** The column of the key that a list belongs to. */
function listColumn(text: string, line: Line): number {
  const dash = line.dashes[0] ?? 0;
  const above = aboveOf(text, { line: { ...line, dashes: [], column: dash }, column: dash + 1 });
  return above.findLast(({ step }) => typeof step === 'string')?.column ?? 0;
}

/** Whether brackets are open behind a line. */
function isFlow(text: string, line: Line): boolean {
  return cursorAt(text, line.end)?.where.startsWith('flow') === true;
}

/** A dash that somebody types behind one that was written for them. */
function withoutSecondDash(text: string, line: Line, offset: number): Change | undefined {
  const [first, second] = line.dashes;
  if (first === undefined || second === undefined || line.dashes.length > 2) return undefined;
  const isTyped =
    /^ *- -$/.test(text.slice(line.start, offset)) && text.slice(offset, line.end).trim() === '';
  if (!isTyped || !isPlainItem(text, lineBefore(text, line), first)) return undefined;
  return { start: line.start + first, end: line.start + second, text: '' };
}

function isEmpty(value: string): boolean {
  return /^\s*(?:#.*)?$/.test(value);
}

function spacesOf(text: string, { start, end }: Line): number {
  return /^[ \t]*/.exec(text.slice(start, end))?.[0].length ?? 0;
}
