import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MusterDocument } from '../../server/service/document.ts';
import { readerFor } from '../../server/service/document.ts';
import { languageOf } from '../../server/service/languages.ts';
import type { FileKind } from '../../server/service/rules/rule.ts';
import { canonicalUri } from '../../server/service/uris.ts';
import { indexed, type KeyFileState, type Workspace, workspaceOf } from '../../server/service/workspace.ts';

const root = 'file:///w/';

/** Keys of the machine with which something is wrong. */
const keyFiles: ReadonlyMap<string, KeyFileState> = new Map([
  ['~/.ssh/id_gone', 'missing'],
  ['~/.ssh/id_open', 'open'],
  ['file:///etc/keys/id_open', 'open'],
  [`${root}id_open`, 'open'],
]);

/** Where a file of a kind stands in the workspace of a test. */
export const placeOf: Readonly<Record<FileKind, string>> = {
  playbook: 'site.playbook.yaml',
  task: 'some.task.yaml',
  inventory: 'fleet.inventory.yaml',
  config: '.muster/config.yaml',
  policy: '.muster/policy.yaml',
};

/** One file of a kind with others beside it, by their paths. Of what is not among them it is known that it is not there. */
export function worldOf(
  kind: FileKind,
  text: string,
  files: Readonly<Record<string, string>> = {},
): { readonly document: MusterDocument; readonly workspace: Workspace } {
  const texts = new Map(Object.entries(files).map(([path, each]) => [root + path, { text: each }]));
  const ofOurs = Object.entries({ ...files, [placeOf[kind]]: text }).filter(
    ([path]) => languageOf(root + path) !== undefined,
  );
  const all = ofOurs.map(([path, each]) => opened(root + path, each));
  const document = all.find((each) => each.document.uri === root + placeOf[kind]);
  assert.ok(document);
  const workspace = workspaceOf({
    files: all.map(indexed),
    exists: (uri) => (uri.startsWith(canonicalUri(root)) ? texts.has(uri) : undefined),
    keyFile: (place) => keyFiles.get(place),
    text: (uri) => texts.get(uri),
  });
  return { document, workspace };
}

function opened(uri: string, text: string): MusterDocument {
  const language = languageOf(uri);
  const read = language === undefined ? undefined : readerFor(language);
  assert.ok(language !== undefined && read, uri);
  return read(TextDocument.create(uri, language, 1, text));
}
