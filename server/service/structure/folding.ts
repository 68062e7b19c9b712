import type { FoldingRange } from 'vscode-languageserver-types';
import { FoldingRangeKind } from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Line, lineAfter, lineAt } from '../cursor/line.ts';

type Read = { readonly number: number; readonly column: number; readonly line: Line; readonly text: string };

/** Blocks by their indentation, texts of several lines, runs of comments, and `# region` … `# endregion`. */
export function foldingRanges(document: TextDocument): FoldingRange[] {
  const lines = readLines(document.getText());
  return [...blocks(lines), ...comments(lines), ...regions(lines)].toSorted(
    (a, b) => a.startLine - b.startLine,
  );
}

function readLines(text: string): readonly Read[] {
  const lines: Read[] = [];
  let number = 0;
  for (let line: Line | undefined = lineAt(text, 0); line; line = lineAfter(text, line)) {
    const written = text.slice(line.start, line.end);
    lines.push({ number, column: /^[ \t]*/.exec(written)?.[0].length ?? 0, line, text: written.trim() });
    number += 1;
  }
  return lines;
}

/** A line and the lines below that are indented deeper; items of a list may stand at the column of their key. */
function blocks(lines: readonly Read[]): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  const open: Read[] = [];
  let last = 0;
  const close = (until: (top: Read) => boolean): void => {
    for (let top = open.at(-1); top && until(top); top = open.at(-1)) {
      open.pop();
      if (last > top.number) found.push({ startLine: top.number, endLine: last });
    }
  };
  for (const read of lines) {
    if (read.text === '' || read.text.startsWith('#')) continue;
    const isItem = read.line.dashes.length > 0;
    close(
      ({ column, line }) =>
        column > read.column || (column === read.column && !(isItem && line.dashes.length === 0)),
    );
    open.push(read);
    last = read.number;
  }
  close(() => true);
  return found;
}

function comments(lines: readonly Read[]): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  let start: number | undefined;
  for (const { number, text } of [...lines, { number: lines.length, text: '' }]) {
    const isComment = text.startsWith('#') && !/^#\s*(?:end)?region\b/.test(text);
    if (isComment) start ??= number;
    else {
      if (start !== undefined && number - start > 1)
        found.push({ startLine: start, endLine: number - 1, kind: FoldingRangeKind.Comment });
      start = undefined;
    }
  }
  return found;
}

function regions(lines: readonly Read[]): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  const open: number[] = [];
  for (const { number, text } of lines) {
    if (/^#\s*region\b/.test(text)) open.push(number);
    const start = /^#\s*endregion\b/.test(text) ? open.pop() : undefined;
    if (start !== undefined) found.push({ startLine: start, endLine: number, kind: FoldingRangeKind.Region });
  }
  return found;
}
