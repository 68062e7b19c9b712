import { type Line, lineAfter, lineAt } from '../cursor/line.ts';
import type { ContinuedLines } from '../../../core/yaml/continuedLines.ts';
import { type Indents, indentsOf } from './indents.ts';

/** Whitespace that takes the place of other whitespace. Offsets are UTF-16 units. */
export type Change = { readonly start: number; readonly end: number; readonly text: string };

/** Everything that is to change in the whitespace of a text that parses. */
export function whitespaceChanges(text: string, continued: ContinuedLines): readonly Change[] {
  const lines: Line[] = [];
  for (let line: Line | undefined = lineAt(text, 0); line; line = lineAfter(text, line)) lines.push(line);
  const indents = indentsOf({ text, lines, continued });
  const end = text.trimEnd().length;
  const changes = [
    ...lines.flatMap((line, at) =>
      line.start >= end
        ? []
        : lineChanges(text, line, { indents, at, isText: continued.get(at)?.isText === true }),
    ),
    ...blankLines(text, lines, continued),
    ...ending(text, lines, continued),
  ];
  return changes.filter(({ start, end, text: put }) => text.slice(start, end) !== put);
}

function lineChanges(
  text: string,
  line: Line,
  { indents, at, isText }: { indents: Indents; at: number; isText: boolean },
): readonly Change[] {
  const written = text.slice(line.start, line.end);
  const trimmed = written.trimEnd();
  const isBlank = trimmed === '';
  if (isText && isBlank) return [];
  const tail =
    isText || written.endsWith('\r') ? [] : [{ start: line.start + trimmed.length, end: line.end, text: '' }];
  if (isBlank) return tail;
  const indent = indents.get(at);
  const spaces = /^[ \t]*/.exec(written)?.[0].length ?? 0;
  const lead =
    indent === undefined ? [] : [{ start: line.start, end: line.start + spaces, text: ' '.repeat(indent) }];
  return [...lead, ...(indent === undefined || isText ? [] : gaps(line)), ...tail];
}

/** One space behind each dash. */
function gaps({ start, dashes, column, isBlank }: Line): readonly Change[] {
  if (isBlank) return [];
  return dashes.flatMap((dash, at) => {
    const next = dashes[at + 1] ?? column;
    return next > dash + 2 ? [{ start: start + dash + 1, end: start + next, text: ' ' }] : [];
  });
}

/** Of several blank lines one stays, and none at the top. */
function blankLines(text: string, lines: readonly Line[], continued: ContinuedLines): readonly Change[] {
  const isBlank = (at: number): boolean => {
    const line = lines[at];
    return line !== undefined && !continued.has(at) && text.slice(line.start, line.end).trim() === '';
  };
  const end = text.trimEnd().length;
  return lines.flatMap((line, at) => {
    const isBehind = line.start >= end;
    if (isBehind || !isBlank(at) || (at > 0 && !isBlank(at - 1))) return [];
    return [{ start: line.start, end: line.end + 1, text: '' }];
  });
}

/** One line break at the end, unless a block scalar keeps those that are there. */
function ending(text: string, lines: readonly Line[], continued: ContinuedLines): readonly Change[] {
  const trimmed = text.trimEnd();
  if (trimmed === '') return [];
  const last = lines.findLastIndex(({ start }) => start < trimmed.length);
  const isInText =
    [...continued.values()].some(({ isText, from }) => isText && from <= last) && continued.has(last);
  const rest = text.slice(trimmed.length);
  if (rest === '') return [{ start: trimmed.length, end: text.length, text: '\n' }];
  if (isInText || !/\n[^]*\n/.test(rest)) return [];
  const first = rest.indexOf('\n') + 1;
  return [{ start: trimmed.length + first, end: text.length, text: '' }];
}
