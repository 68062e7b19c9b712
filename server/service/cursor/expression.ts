import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Slot } from '../../../core/schema/slot.ts';
import type { Cursor } from './cursor.ts';
import { lineAt } from './line.ts';

type Around = {
  readonly document: TextDocument;
  readonly text: string;
  readonly offset: number;
  readonly cursor: Cursor;
  readonly slot: Slot;
};

/** The expression in which the cursor is, up to it: behind `{{`, or in a condition. Undefined outside of one. */
export function expressionBefore({ text, offset, cursor, slot, document }: Around): string | undefined {
  if (!hasTemplates(document.languageId, cursor.path)) return undefined;
  const line = lineAt(text, offset).start;
  const isWhole = slot.shapes.some((shape) => shape.kind === 'text' && shape.role === 'expression');
  if (isWhole && cursor.where !== 'line') return text.slice(cursor.start, offset);
  const written = text.slice(Math.min(line, cursor.start), offset);
  const opening = written.lastIndexOf('{{');
  if (opening === -1 || written.indexOf('}}', opening) !== -1) return undefined;
  return written.slice(opening + 2);
}

/** Of a configuration, headers of services alone are filled in, by each step that sends them. */
function hasTemplates(languageId: string, path: Cursor['path']): boolean {
  if (languageId === 'muster-config') return path[0] === 'services' && path[2] === 'headers';
  return languageId === 'muster-playbook' || languageId === 'muster-task';
}
