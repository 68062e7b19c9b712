/** A key of a block map on a line: `key` before a colon, its column, and where its value begins. */
export type LineKey = { readonly name: string; readonly column: number; readonly valueStart: number };

/** What a line of block YAML is made of, read without the lines around it. Columns are UTF-16 units from 0. */
export type Line = {
  /** Offset of its first character, and of what follows its last one. */
  readonly start: number;
  readonly end: number;
  /** Columns of the `- ` at its beginning. */
  readonly dashes: readonly number[];
  /** Column of what comes after spaces and dashes. */
  readonly column: number;
  readonly key?: LineKey;
  readonly isBlank: boolean;
  /** The key's value is a block scalar, `|` or `>`. */
  readonly opensScalar: boolean;
};

const lead = /^([ \t]*)((?:-(?:[ \t]+|$))*)/;
const keyed =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'{}[\],&*!|>%@`-][^#]*?|-[^\s#][^#]*?)[ \t]*:(?:[ \t]+|$)/;
const scalarHeader = /^(?:[!&]\S+[ \t]+)*[|>][-+0-9]*[ \t]*(?:#.*)?$/;

/** The line around an offset. */
export function lineAt(text: string, offset: number): Line {
  // A negative place would be taken for the first character.
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const end = found === -1 ? text.length : found;
  return readLine(text.slice(start, end).replace(/\r$/, ''), start, end);
}

/** The nearest line before one that begins in a column of at most `column`; undefined where there is none. */
export function lineBefore(text: string, line: Line, column = Infinity): Line | undefined {
  for (let end = line.start - 1; end >= 0;) {
    const start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    if (isWithin(text, start, column)) return lineAt(text, start);
    end = start - 1;
  }
  return undefined;
}

/** The nearest line after one that begins in a column of at most `column`; undefined where there is none. */
export function lineAfter(text: string, line: Line, column = Infinity): Line | undefined {
  for (let end = line.end; end < text.length;) {
    if (isWithin(text, end + 1, column)) return lineAt(text, end + 1);
    const next = text.indexOf('\n', end + 1);
    end = next === -1 ? text.length : next;
  }
  return undefined;
}

/** Whether a line begins in a column of at most this, counted in spaces and tabs: what is further right is not read. */
function isWithin(text: string, start: number, column: number): boolean {
  let at = start;
  while (at - start <= column && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at - start <= column;
}

function readLine(written: string, start: number, end: number): Line {
  const [all = '', spaces = '', marks = ''] = lead.exec(written) ?? [];
  const dashes = [...marks.matchAll(/-/g)].map(({ index }) => spaces.length + index);
  const rest = written.slice(all.length);
  const isBlank = dashes.length === 0 && (rest === '' || rest.startsWith('#'));
  const [before, name] = isBlank ? [] : (keyed.exec(rest) ?? []);
  const column = all.length;
  const line = { start, end, dashes, column, isBlank, opensScalar: scalarHeader.test(rest) };
  if (before === undefined || name === undefined) return line;
  const value = rest.slice(before.length);
  return {
    ...line,
    key: { name: unquoted(name), column, valueStart: start + column + before.length },
    opensScalar: scalarHeader.test(value),
  };
}

function unquoted(name: string): string {
  return /^["']/.test(name) ? name.slice(1, -1) : name;
}
