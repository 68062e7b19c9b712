import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import type { Diagnostic } from 'vscode-languageserver-types';
import type { MusterDocument } from '../../server/service/document.ts';
import type { Workspace } from '../../server/service/workspace.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { plainText } from '../../server/service/completion/plain.ts';
import { readerFor } from '../../server/service/document.ts';
import { diagnose, emptyWorkspace } from './diagnose.ts';

export type AtCursor = { inventory: MusterDocument; position: Position; workspace: Workspace };

type Around = { language?: string; others?: readonly MusterDocument[]; uri?: string };

/**
 * A document, the place of the `|` that stood in it, and a workspace of it and other files. Where the text has bars of
 * its own, the cursor is a `¦`.
 */
export function atCursor(
  text: string,
  { language = 'muster-inventory', others = [], uri }: Around = {},
): AtCursor {
  const cursor = text.includes('¦') ? '¦' : '|';
  const offset = text.indexOf(cursor);
  assert.notEqual(offset, -1, 'the text has no cursor');
  const inventory = documentOf(text.slice(0, offset) + text.slice(offset + 1), language, uri);
  const workspace = workspaceOf({ files: [inventory, ...others].map(indexed) });
  return { inventory, position: inventory.document.positionAt(offset), workspace };
}

export function inventoryOf(text: string): MusterDocument {
  return documentOf(text, 'muster-inventory');
}

export function documentOf(text: string, language: string, uri = 'file:///file.yaml'): MusterDocument {
  const opened = readerFor(language)?.(TextDocument.create(uri, language, 1, text));
  assert.ok(opened);
  return opened;
}

/** An edit with its snippet as it stands in the text when nobody types anything. */
export function expanded({ range, newText }: { range: Range; newText: string }): TextEdit {
  return { range, newText: plainText(newText) };
}

/** What is told of a document that is alone. */
export function validate(document: MusterDocument): Diagnostic[] {
  return diagnose(document, emptyWorkspace, { levels: new Map() });
}
