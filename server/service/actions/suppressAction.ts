import type { TextEdit } from 'vscode-languageserver-types';
import type { Finding } from '../diagnostics/finding.ts';
import { suppressCommentIn } from '../diagnostics/suppress.ts';
import type { MusterDocument } from '../document.ts';

/** Writes the comment that silences a finding where it is: behind its line, or behind the `|` of the script that it is in. */
export function suppression({ code, range }: Finding, document: MusterDocument): TextEdit {
  const line = lineFor(range.start, document);
  const text = document.document.getText({
    start: { line, character: 0 },
    end: { line: line + 1, character: 0 },
  });
  const written = text.replace(/\r?\n$/, '').trimEnd();
  const known = suppressCommentIn(written);
  const at = (character: number): TextEdit['range'] => ({
    start: { line, character },
    end: { line, character },
  });
  if (known && known[2] === undefined) {
    const end = known.index + known[0].trimEnd().length;
    const isWhole = /^\s*(?:--(?:\s|$)|$)/.test(written.slice(end));
    const comma = (known[3] ?? '').trim() === '' ? ' ' : ', ';
    if (isWhole) return { range: at(end), newText: `${comma}${code}` };
  }
  return { range: at(written.length), newText: ` # muster-ignore ${code}` };
}

/** In a block scalar a comment would be a part of the text, so that it goes to where the scalar begins. */
function lineFor(start: Finding['range']['start'], { document, parsed }: MusterDocument): number {
  const found = parsed.pathAt(document.offsetAt(start));
  if (!found) return start.line;
  const value = parsed.rangeOf(found.path, found.part);
  const isBlock = /[|>]/.test(document.getText()[value.start] ?? '');
  return isBlock ? Math.min(start.line, document.positionAt(value.start).line) : start.line;
}
