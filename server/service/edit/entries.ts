import type { TextEdit } from 'vscode-languageserver-types';
import { at as valueAt, entriesOf } from '../../../core/yaml/data.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';

/** A change of a document from offset to offset. */
export function change(
  { document }: MusterDocument,
  { start, end }: { readonly start: number; readonly end: number },
  newText: string,
): TextEdit {
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText };
}

/** Takes an entry of a map out, with its lines where it has some of its own. */
export function removal(document: MusterDocument, path: Path): TextEdit {
  const text = document.document.getText();
  const { start, end } = spanOf(document, path);
  if (isFlow(document, path.slice(0, -1))) {
    const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
    const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
    return change(
      document,
      after === undefined ? { start: start - before, end } : { start, end: end + after },
      '',
    );
  }
  const line = lineStart(text, start);
  const isOwnLine = text.slice(line, start).trim() === '';
  const next = nextSibling(document, path);
  if (!isOwnLine && next !== undefined) return change(document, { start, end: next }, '');
  return change(document, { start: line, end: lineAfter(text, end) }, '');
}

/** The same; what has nothing else in it goes with its last entry. */
export function wholeRemoval(document: MusterDocument, path: Path): TextEdit {
  const outer = path.slice(0, -1);
  const beside = entriesOf(document.parsed.writtenAt(outer)).length;
  return removal(document, outer.length > 0 && beside === 1 ? outer : path);
}

/**
 * Writes a key into a map, behind what is there. A value of several lines begins with a line break and is indented from
 * the key on.
 */
export function insertion(
  document: MusterDocument,
  parent: Path,
  [key, value]: readonly [string, string],
): TextEdit {
  const text = document.document.getText();
  const written = document.parsed.writtenAt(parent);
  const keys = keysOf(written);
  const entry = `${key}:${value === '' || value.startsWith('\n') ? value : ` ${value}`}`;
  if (isFlow(document, parent)) return flowInsertion(document, parent, entry);
  const last = keys.reduce((most, each) => Math.max(most, spanOf(document, [...parent, each]).end), -1);
  const [first] = keys;
  if (first !== undefined && last >= 0) {
    const start = document.parsed.rangeOf([...parent, first], 'key').start;
    const indent = ' '.repeat(start - lineStart(text, start));
    return newLine(document, last, indented(entry, indent));
  }
  if (parent.length === 0) return newLine(document, text.trimEnd().length, entry);
  const above = document.parsed.rangeOf(parent, 'key');
  const indent = ' '.repeat(above.start - lineStart(text, above.start) + 2);
  return newLine(document, above.end, indented(entry, indent));
}

/** A key of a map, or of a map that is written with it where there is none yet. */
export function insertionBelow(
  document: MusterDocument,
  [top, key]: readonly [string, string],
  value: string,
): TextEdit {
  if (document.parsed.writtenAt([top]) !== undefined) return insertion(document, [top], [key, value]);
  const inner = indented(`${key}:${value === '' ? '' : ` ${value}`}`, '  ');
  return insertion(document, [], [top, `\n${inner}`]);
}

/** Keys of what was written at a place; none where it is no map. */
export function keysOf(written: unknown): readonly string[] {
  if (written instanceof Map) return [...(written as Map<string, unknown>).keys()];
  return typeof written === 'object' && written !== null && !Array.isArray(written)
    ? Object.keys(written)
    : [];
}

/** From the beginning of the key to the end of the value, without space behind it. */
export function spanOf({ parsed, document }: MusterDocument, path: Path): { start: number; end: number } {
  const key = parsed.rangeOf(path, 'key');
  const value = parsed.rangeOf(path, 'value');
  const start = Math.min(key.start, value.start);
  const text = document.getText().slice(start, Math.max(key.end, value.end));
  const colon =
    valueAt(parsed.writtenAt(path), []) === null && value.end <= key.end
      ? colonAfter(document.getText(), key.end)
      : 0;
  return { start, end: Math.max(start + text.trimEnd().length, key.end + colon) };
}

/** Whether a map or list is written between brackets. */
export function isFlow({ parsed, document }: MusterDocument, path: Path): boolean {
  const { start } = parsed.rangeOf(path, 'value');
  return /[[{]/.test(document.getText()[start] ?? '') && typeof parsed.writtenAt(path) === 'object';
}

export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the line break of the line around an offset. */
export function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Where the text of a line ends. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const last = end === -1 ? text.length : end;
  return text[last - 1] === '\r' ? last - 1 : last;
}

export function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');
}

function newLine(document: MusterDocument, offset: number, line: string): TextEdit {
  const text = document.document.getText();
  const at = lineEnd(text, offset);
  const isEmpty = text.slice(0, at).trim() === '';
  const start = isEmpty ? 0 : at;
  const newText = isEmpty ? `${line}\n` : `\n${line}${at === text.length ? '\n' : ''}`;
  return change(document, { start, end: start }, newText);
}

function flowInsertion(document: MusterDocument, parent: Path, entry: string): TextEdit {
  const text = document.document.getText();
  const { start, end } = document.parsed.rangeOf(parent, 'value');
  const inner = text.slice(start + 1, end - 1);
  const flat = entry.replaceAll(/\n\s*/g, ' ');
  if (inner.trim() === '') return change(document, { start: start + 1, end: end - 1 }, ` ${flat} `);
  const at = start + 1 + inner.trimEnd().replace(/,$/, '').length;
  return change(document, { start: at, end: at }, `, ${flat}`);
}

function nextSibling(document: MusterDocument, path: Path): number | undefined {
  const parent = path.slice(0, -1);
  const keys = keysOf(document.parsed.writtenAt(parent));
  const next = keys[keys.indexOf(String(path.at(-1))) + 1];
  return next === undefined ? undefined : document.parsed.rangeOf([...parent, next], 'key').start;
}

function colonAfter(text: string, offset: number): number {
  return /^\s*:/.exec(text.slice(offset, offset + 20))?.[0].length ?? 0;
}
