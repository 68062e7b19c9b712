import { CodeActionKind } from 'vscode-languageserver-types';
import { stepKinds } from '../../../core/schema/step.ts';
import { options } from '../../../core/schema/stepOptions.ts';
import { change, indented, isFlow, keysOf, lineStart } from '../edit/entries.ts';
import type { At, Refactoring } from './refactoring.ts';

/** What it is, when it runs, what it does, and how. */
const first = ['id', 'name', 'needs', 'when', 'loop'];
const order: readonly string[] = [
  ...first,
  ...stepKinds,
  'rescue',
  'always',
  ...Object.keys(options).filter((key) => !first.includes(key)),
];

/** The keys of a step in the usual order. Comments go with the key that they stand above. */
export function sortedStep({ document, step }: At): readonly Refactoring[] {
  if (step === undefined || isFlow(document, step)) return [];
  const keys = keysOf(document.parsed.writtenAt(step));
  const sorted = keys.toSorted((a, b) => rank(a) - rank(b));
  if (keys.every((key, at) => key === sorted[at])) return [];
  const text = document.document.getText();
  const whole = document.parsed.rangeOf(step, 'value');
  const end = whole.start + text.slice(whole.start, whole.end).trimEnd().length;
  const starts = keys.map((key) => document.parsed.rangeOf([...step, key], 'key').start);
  const column = (starts[0] ?? 0) - lineStart(text, starts[0] ?? 0);
  const pieces = new Map(
    keys.map((key, at) => {
      const from = at === 0 ? whole.start : aboveComments(text, starts[at] ?? 0);
      const to = at + 1 < keys.length ? aboveComments(text, starts[at + 1] ?? 0) : end;
      return [key, text.slice(from, to).trim()] as const;
    }),
  );
  const newText = sorted
    .map((key, at) => (at === 0 ? (pieces.get(key) ?? '') : firstIndented(pieces.get(key) ?? '', column)))
    .join('\n');
  const edits = [change(document, { start: whole.start, end }, newText)];
  return [{ title: 'Put the keys of the step in order', kind: CodeActionKind.RefactorRewrite, edits }];
}

function rank(key: string): number {
  const at = order.indexOf(key);
  return at === -1 ? order.length : at;
}

/** Only the first line lost its indentation when space was cut off; the others still have it. */
function firstIndented(piece: string, column: number): string {
  return (
    indented(piece.split('\n', 1)[0] ?? '', ' '.repeat(column)) +
    piece.slice((piece.split('\n', 1)[0] ?? '').length)
  );
}

/** Where the comments begin that stand directly above a key. */
function aboveComments(text: string, start: number): number {
  let at = lineStart(text, start);
  for (;;) {
    const above = lineStart(text, at - 1);
    if (at === 0 || !/^\s*#/.test(text.slice(above, at))) return at;
    at = above;
  }
}
