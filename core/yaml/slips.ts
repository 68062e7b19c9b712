import type { TextPlace } from '../util/problem.ts';
import { lineStart } from './entries.ts';
import type { Change } from './offsetMap.ts';

/** A slip of spaces that people know by sight, and the YAML library by what comes of it on another line. */
export type Slip = {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly place: TextPlace;
  /** What mends it, in a few words. */
  readonly title: string;
  readonly changes: readonly Change[];
};

/** Lines that are looked at above an error, and below one. */
const farthest = 200;

/** The slip that an error at an offset comes from. */
export function slipAt(text: string, at: number): Slip | undefined {
  const line = lineAt(text, lineStart(text, at));
  return dashSlip(text, line) ?? colonSlip(line) ?? textSlip(text, line);
}

type Line = {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly written: string;
};

function lineAt(text: string, start: number): Line {
  const found = text.indexOf('\n', start);
  const end = found === -1 ? text.length : found;
  const written = text.slice(start, end).replace(/\r$/, '');
  return { start, end: start + written.length, indent: /^ */.exec(written)?.[0].length ?? 0, written };
}

/** `-run: x`, on this line or on one above it in its column. */
function dashSlip(text: string, line: Line): Slip | undefined {
  let wrong: Line | undefined = line;
  for (let count = 0; count < farthest && !isGlued(wrong); count += 1) {
    if (wrong.start === 0) return undefined;
    wrong = lineAt(text, lineStart(text, wrong.start - 1));
    const isBeside = wrong.indent === line.indent && /^ *-/.test(wrong.written) && /^ *- /.test(line.written);
    if (!isBeside && wrong.indent <= line.indent && wrong.written.trim() !== '') return undefined;
  }
  if (!isGlued(wrong)) return undefined;
  const dash = wrong.start + wrong.indent;
  return {
    code: 'yaml/missing-char',
    message: 'A space is missing behind the "-".',
    fix: 'Write "- " before each entry of a list.',
    place: { start: dash, end: wrong.end },
    title: 'Write a space behind the "-"',
    changes: [{ start: dash + 1, end: dash + 1, text: ' ', isSure: true }],
  };
}

function isGlued({ written }: Line): boolean {
  return /^ *-[A-Za-z][\w-]*:(?:\s|$)/.test(written);
}

/** `name:value`. */
function colonSlip({ start, end, indent, written }: Line): Slip | undefined {
  const [key] = /^ *(?:- +)*[A-Za-z][\w-]*:(?=[^\s:/\\])/.exec(written) ?? [];
  if (key === undefined || /:\s/.test(written)) return undefined;
  return {
    code: 'yaml/missing-char',
    message: 'A space is missing behind the colon.',
    fix: 'Write ": " between a key and its value.',
    place: { start: start + indent, end },
    title: 'Write a space behind the colon',
    changes: [{ start: start + key.length, end: start + key.length, text: ' ', isSure: true }],
  };
}

/** Lines below `run: |` that are no further right than the key. */
function textSlip(text: string, first: Line): Slip | undefined {
  if (first.start === 0 || first.written.trim() === '') return undefined;
  const above = lineAt(text, lineStart(text, first.start - 1));
  const [, before = ''] = /^( *(?:- +)*)[^\s:'"#]+: +[|>][+-]?[ \t]*$/.exec(above.written) ?? [];
  if (!/[|>][+-]?[ \t]*$/.test(above.written) || before.length < first.indent) return undefined;
  const changes: Change[] = [];
  for (let line = first; changes.length < farthest; line = lineAt(text, line.end + 1)) {
    if (line.written.trim() === '' || line.indent < first.indent || isEntry(line)) break;
    const deeper = ' '.repeat(before.length + 2 + line.indent - first.indent);
    changes.push({ start: line.start, end: line.start + line.indent, text: deeper });
    if (line.end >= text.length - 1) break;
  }
  if (changes.length === 0) return undefined;
  return {
    code: 'yaml/bad-indent',
    message: 'The text below "|" or ">" is further right than its key.',
    fix: 'Give these lines two spaces more than the key has.',
    place: { start: first.start + first.indent, end: first.end },
    title: 'Indent the text',
    changes,
  };
}

function isEntry({ written }: Line): boolean {
  return /^ *(?:- |[\w-]+:(?:\s|$))/.test(written);
}
