import type { Span } from '../../yaml/scalar.ts';
import type { TextEdit } from './editQuery.ts';
import { indentAt, lineEnd } from './yamlTree.ts';

/**
 * Puts something behind the last item or entry between braces or brackets: on a line of its own where the last one has
 * one, behind the comment of that line.
 */
export function appendInFlow(
  [start, end]: Span,
  written: string,
  { text, eol }: { readonly text: string; readonly eol: string },
): TextEdit[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const after = lineEnd(text, end);
  const isOwnLine = text.slice(lineStart, start).trim() === '' && lineStart > 0;
  const [, comma] = /^[ \t]*(,?)[ \t]*(?:#.*)?$/.exec(text.slice(end, after)) ?? [];
  if (!isOwnLine || comma === undefined || after === text.length) {
    return [{ start: end, end, text: `, ${written}` }];
  }
  const line = `${eol}${indentAt(text, start)}${written}${comma}`;
  if (comma === ',' || after === end)
    return [{ start: after, end: after, text: comma === ',' ? line : `,${line}` }];
  return [
    { start: end, end, text: ',' },
    { start: after, end: after, text: line },
  ];
}

/**
 * Takes out runs of items, each with the comma before it, or the one behind where nothing stands before. A comment in
 * between stays.
 */
export function removeInFlow(items: readonly Span[], gone: ReadonlySet<number>, text: string): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let from = 0; from < items.length; from += 1) {
    if (!gone.has(from)) continue;
    let to = from;
    while (gone.has(to + 1)) to += 1;
    const whole = runOf(items, [from, to], text);
    if (text.slice(whole.start, whole.end).includes('#')) {
      for (const [start, end] of items.slice(from, to + 1)) {
        edits.push({ start, end: end + commaAt(text, end), text: '' });
      }
    } else edits.push(whole);
    from = to;
  }
  return edits;
}

function runOf(items: readonly Span[], [from, to]: Span, text: string): TextEdit {
  const [start = 0] = items[from] ?? [];
  const [, end = start] = items[to] ?? [];
  const before = items[from - 1];
  if (before) return { start: before[1], end, text: '' };
  const next = items[to + 1];
  return { start, end: next ? next[0] : end + commaAt(text, end), text: '' };
}

function commaAt(text: string, at: number): number {
  return /^\s*,/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
}
