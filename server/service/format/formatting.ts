import type { TextEdit } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { continuedLines } from '../../../core/yaml/continuedLines.ts';
import { meaningOf } from '../../../core/yaml/meaningOf.ts';
import { type Change, whitespaceChanges } from './changes.ts';

/**
 * Spaces and line breaks as they are usual: two columns a level, lists below their key, nothing at the ends of lines, one
 * blank line at most, a line break at the end. Nothing else is touched, and nothing at all where the text does not parse
 * or would mean something else afterwards.
 */
export function formatting(document: TextDocument): TextEdit[] {
  const text = document.getText();
  const before = meaningOf(text);
  if (before === undefined) return [];
  const changes = whitespaceChanges(text, continuedLines(text));
  const edits = changes.map((change) => editOf(document, change));
  return edits.length > 0 && meaningOf(TextDocument.applyEdits(document, edits)) === before ? edits : [];
}

function editOf(document: TextDocument, { start, end, text }: Change): TextEdit {
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText: text };
}
