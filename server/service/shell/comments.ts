import type { TextEdit } from 'vscode-languageserver-types';
import type { TextPlace } from '../../../core/util/problem.ts';
import type { Finding } from '../diagnostics/finding.ts';
import type { MusterDocument } from '../document.ts';
import { rangeInside } from '../facts/place.ts';
import type { Script } from './scripts.ts';

/** What ShellCheck says of a script (`--format=json1`). Lines and columns count from 1, in code points. */
type Place = {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};
type Replacement = Place & { readonly replacement: string; readonly insertionPoint: string };
export type ShellComment = Place & {
  readonly level: string;
  readonly code: number;
  readonly message: string;
  readonly fix: { readonly replacements: readonly Replacement[] } | null;
};

/** Reads what ShellCheck printed; undefined where that is something else. */
export function commentsIn(printed: string): readonly ShellComment[] | undefined {
  try {
    const parsed: unknown = JSON.parse(printed);
    const comments: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'comments') : undefined;
    return Array.isArray(comments) ? comments.filter(isComment) : undefined;
  } catch {
    return undefined;
  }
}

function isComment(value: unknown): value is ShellComment {
  const keys = ['line', 'column', 'endLine', 'endColumn', 'code'];
  const isRecord = typeof value === 'object' && value !== null;
  return isRecord && keys.every((key) => Number.isInteger(Reflect.get(value, key))) && 'message' in value;
}

const levels = { error: 'error', warning: 'warning', info: 'info', style: 'hint' } as const;

/** What is said of a script, at its places in the document. */
export function commentFindings(
  comments: readonly ShellComment[],
  script: Script,
  document: MusterDocument,
): readonly Finding[] {
  return comments.map((comment) => {
    const place = placeIn(script.masked, comment);
    const level = Object.entries(levels).find(([name]) => name === comment.level)?.[1] ?? 'warning';
    const edits = fixEdits(comment, script, document);
    return {
      code: `shellcheck/SC${comment.code}`,
      level,
      message: comment.message,
      range: rangeInside(document, { path: script.path, part: 'value', value: script.written }, place),
      ...(edits.length > 0 && { repairs: [{ title: titleOf(edits), edits }] }),
    };
  });
}

/** What a fix of ShellCheck does, in words where it is as simple as most are. */
function titleOf(edits: readonly TextEdit[]): string {
  const [first] = edits;
  if (edits.every(isQuote)) return 'Put it between quotes';
  if (!first || edits.length > 1 || first.newText.trim() === '') return 'Do what ShellCheck says';
  const isAdded = isEmpty(first.range);
  return isAdded ? `Add "${first.newText.trim()}"` : `Change to "${first.newText.trim()}"`;
}

function isQuote({ range, newText }: TextEdit): boolean {
  return newText === '"' && isEmpty(range);
}

function isEmpty({ start, end }: TextEdit['range']): boolean {
  return start.line === end.line && start.character === end.character;
}

/** Only where the text stands in the file as it is, and nothing is put in at that place. */
function fixEdits({ fix }: ShellComment, script: Script, document: MusterDocument): readonly TextEdit[] {
  const { start } = document.parsed.rangeOf(script.path, 'value');
  const isQuoted = /["'>]/.test(document.document.getText()[start] ?? '');
  if (!fix || isQuoted) return [];
  const read = { path: script.path, part: 'value', value: script.written } as const;
  const edits = fix.replacements.map((replacement): TextEdit | undefined => {
    const place = placeIn(script.masked, replacement);
    const touches = script.templates.some((each) => each.start < place.end && place.start < each.end);
    if (touches || replacement.replacement.includes('\n')) return undefined;
    const range = rangeInside(document, read, place);
    return { range, newText: replacement.replacement };
  });
  const whole = edits.filter((edit) => edit !== undefined);
  return whole.length === edits.length ? whole : [];
}

function placeIn(text: string, { line, column, endLine, endColumn }: Place): TextPlace {
  const start = offsetOf(text, line, column);
  return { start, end: Math.max(start, offsetOf(text, endLine, endColumn)) };
}

/** Code points are one or two UTF-16 units. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  const points = Array.from(text.slice(start, end === -1 ? undefined : end));
  return start + points.slice(0, column - 1).join('').length;
}
