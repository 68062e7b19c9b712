import assert from 'node:assert/strict';
import type { Position, Range } from 'vscode-languageserver-types';
import type { MusterDocument } from '../../server/service/document.ts';
import { languageOf } from '../../server/service/languages.ts';
import { nameOf } from '../../server/service/uris.ts';
import type { Workspace } from '../../server/service/workspace.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { documentOf } from './cursor.ts';

/** Files of a workspace by their names; in one of them a `|` says where the cursor is. */
export type Files = Readonly<Record<string, string>>;

export type At = {
  readonly document: MusterDocument;
  readonly position: Position;
  readonly workspace: Workspace;
};

/** A workspace of files in one folder, all of them open but those whose names begin with `closed`. */
export function at(files: Files): At {
  let cursor: Pick<At, 'document' | 'position'> | undefined;
  const isOfOurs = (name: string): boolean => name.endsWith('.yaml');
  const texts = new Map<string, { text: string }>(
    Object.entries(files).flatMap(([name, text]) =>
      isOfOurs(name) ? [] : [[`file:///fleet/${name}`, { text }] as const],
    ),
  );
  const ours = Object.entries(files).filter(([name]) => isOfOurs(name));
  const read = ours.map(([name, text]) => {
    const uri = `file:///fleet/${name}`;
    const offset = text.indexOf('|');
    const isHere = offset !== -1 && text[offset + 1] !== '\n';
    const clean = isHere ? text.slice(0, offset) + text.slice(offset + 1) : text;
    const document = documentOf(clean, languageOf(uri) ?? 'muster-inventory', uri);
    if (isHere) cursor = { document, position: document.document.positionAt(offset) };
    const { version, ...file } = indexed(document);
    return name.startsWith('closed') ? file : { ...file, ...(version !== undefined && { version }) };
  });
  assert.ok(cursor, 'no file has a cursor');
  const names = new Set(Object.keys(files).map((name) => `file:///fleet/${name}`));
  return {
    ...cursor,
    workspace: workspaceOf({ files: read, exists: (uri) => names.has(uri), text: (uri) => texts.get(uri) }),
  };
}

/** Places as `file line:column text`, lines from 1, what stands there in quotes. */
export function told(
  places: readonly { readonly uri: string; readonly range: Range }[] | undefined,
  workspace: Workspace,
): readonly string[] {
  return (places ?? []).map(({ uri, range }) => {
    const text = workspace.document(uri)?.document.getText(range) ?? '';
    return `${nameOf(uri)} ${range.start.line + 1}:${range.start.character + 1} ${JSON.stringify(text)}`;
  });
}
