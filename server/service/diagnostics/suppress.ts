import type { TextPlace } from '../../../core/util/problem.ts';

/**
 * A comment that says which diagnostics are not shown: behind something, those of its line; on a line of its own, those
 * of the next; `muster-ignore-file`, those of the file. Where a block scalar begins on that line, all of it is meant.
 * Behind ` -- ` stands why.
 */
export type Suppression = {
  /** The lines that it is about, from 0, the last included; undefined: all of them. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  /** Codes, or families such as `vars`; none: everything. */
  readonly codes: readonly (TextPlace & { readonly code: string })[];
};

const suppressComment =
  /(^|\s)#\s*muster-ignore(-file)?(?![\w-])[ \t]*:?[ \t]*((?:(?!--(?:\s|$))[\w/, \t-])*)/g;

/** Such a comment in a line, its codes in the third group; none where it stands in a quoted text. */
export function suppressCommentIn(line: string): RegExpExecArray | undefined {
  return [...line.matchAll(suppressComment)].find(({ index }) => !isQuoted(line.slice(0, index)));
}

/** Whether a quote is open behind what stands before in a line. It opens where a value or key begins. */
function isQuoted(before: string): boolean {
  const closed = before.replaceAll(/(^|[\s[{,:-])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/g, '$1');
  return /(?:^\s*|[:-]\s+|[[{,]\s*)["']/.test(closed);
}

/** Every such comment of a text, also those in the scripts of block scalars, where they are comments too. */
export function suppressionsIn(text: string): readonly Suppression[] {
  if (!text.includes('muster-ignore')) return [];
  const found: Suppression[] = [];
  const lines = text.split('\n');
  let start = 0;
  for (const [at, line] of lines.entries()) {
    const match = suppressCommentIn(line);
    if (match) {
      const [whole, before = '', file, written = ''] = match;
      const from = start + match.index + whole.length - written.length;
      const isAlone = line.slice(0, match.index + before.length).trim() === '';
      const first = isAlone ? at + 1 : at;
      const about = file === undefined ? { first, last: lastLineOf(lines, first) } : undefined;
      found.push({ lines: about, codes: codesIn(written, from) });
    }
    start += line.length + 1;
  }
  return found;
}

/** The last line of the block scalar that begins on a line; the line itself where none does. */
function lastLineOf(lines: readonly string[], first: number): number {
  const header = lines[first] ?? '';
  if (!/(?:^|[\s:-])[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?\r?$/.test(header)) return first;
  const indent = indentOf(header);
  let last = first;
  for (let at = first + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= indent) break;
    last = at;
  }
  return last;
}

function codesIn(written: string, from: number): Suppression['codes'] {
  return [...written.matchAll(/[\w/-]+/g)].map((match) => ({
    code: match[0],
    start: from + match.index,
    end: from + match.index + match[0].length,
  }));
}

/** Whether a comment says that this is not shown. */
export function isSuppressed(
  { code, line }: { readonly code: string; readonly line: number },
  suppressions: readonly Suppression[],
): boolean {
  return suppressions.some(
    ({ lines, codes }) =>
      (lines === undefined || (lines.first <= line && line <= lines.last)) &&
      (codes.length === 0 || codes.some((one) => isOf(code, one.code))),
  );
}

/** Whether a code is the one that is named, or of the family that is named. */
export function isOf(code: string, named: string): boolean {
  return code === named || code.startsWith(`${named}/`);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
