import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem } from 'vscode-languageserver-types';
import { completion } from '../../server/service/completion/completion.ts';
import type { MusterDocument } from '../../server/service/document.ts';
import { canonicalUri } from '../../server/service/uris.ts';
import type { Entry, Workspace } from '../../server/service/workspace.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { documentOf, expanded } from './cursor.ts';

type Around = {
  readonly language?: string;
  readonly others?: readonly MusterDocument[];
  /** What is in folders beside the file. */
  readonly folders?: Readonly<Record<string, readonly Entry[]>>;
  /** The character that made the editor ask. */
  readonly typed?: string;
};

type Offered = {
  /** In the order in which an editor shows them where nothing is typed. */
  readonly items: readonly CompletionItem[];
  readonly workspace: Workspace;
  readonly document: TextDocument;
};

/** What is offered at the `¦` of a text, in the folder `/w`. */
export function offeredAt(
  text: string,
  { language = 'muster-playbook', others = [], folders = {}, typed }: Around = {},
): Offered {
  const offset = text.indexOf('¦');
  assert.notEqual(offset, -1, 'the text has no cursor');
  const opened = documentOf(text.replace('¦', ''), language, `file:///w/own.${language.slice(7)}.yaml`);
  const known = new Map(
    Object.entries(folders).map(([path, entries]) => [canonicalUri(`file:///w${path}`), entries]),
  );
  const workspace = workspaceOf({
    files: [opened, ...others].map(indexed),
    list: (folder) => known.get(folder.replace(/\/$/, '')),
  });
  const position = { ...opened.document.positionAt(offset), typed };
  const { items } = completion(opened, position, workspace);
  const sorted = items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
  return { items: sorted, workspace, document: opened.document };
}

export function labelsAt(text: string, around: Around = {}): readonly string[] {
  return offeredAt(text, around).items.map(({ label }) => label);
}

/** The text after an offer was taken and nobody typed over the words of its snippet. */
export function taken(text: string, label: string, around: Around = {}): string {
  const { items, document } = offeredAt(text, around);
  const item = items.find((each) => each.label === label);
  assert.ok(
    item?.textEdit && 'range' in item.textEdit,
    `${label} in ${text}: ${items.map((each) => each.label).join(', ')}`,
  );
  return TextDocument.applyEdits(document, [expanded(item.textEdit)]);
}
