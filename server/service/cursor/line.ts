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

/** The line before one; undefined before the first. */
export function lineBefore(text: string, line: Line): Line | undefined {
  return line.start === 0 ? undefined : lineAt(text, line.start - 1);
}

/** The line after one; undefined after the last. */
export function lineAfter(text: string, line: Line): Line | undefined {
  return line.end >= text.length ? undefined : lineAt(text, line.end + 1);
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
