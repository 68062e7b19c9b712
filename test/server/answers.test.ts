import assert from 'node:assert/strict';
import { CancellationTokenSource, ResponseError, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readAgain } from '../../core/yaml/readAgain.ts';
import { answersOf } from '../../server/answers.ts';
import { documentStore } from '../../server/documentStore.ts';
import { createFolderKinds } from '../../server/index/folderKinds.ts';
import { createScheduler } from '../../server/index/scheduler.ts';
import { createFileReader } from '../../server/index/fileReader.ts';
import { createIndex } from '../../server/index/workspaceIndex.ts';
import { documentOf } from './cursor.ts';

const uri = 'file:///fleet/a.inventory.yaml';

/** Handlers of requests about one open document, whose version can be changed. */
function handlers() {
  let version = 1;
  const documents = new TextDocuments(TextDocument);
  documents.get = () => TextDocument.create(uri, 'muster-inventory', version, 'nodes: { a: }\n');
  const scheduler = createScheduler();
  const index = createIndex({
    kinds: createFolderKinds(),
    reader: createFileReader(),
    scheduler,
    open: () => new Map(),
    report: (error) => assert.fail(String(error)),
  });
  const store = documentStore(documents, { beside: () => undefined, reader: () => readAgain() });
  const ahead = { read: () => Promise.resolve() };
  const deps = { documents, store, ahead, index, scheduler, client: () => ({}) };
  return { ...answersOf(deps, {}), edit: () => (version += 1) };
}

const params = { textDocument: { uri } };

describe('an answer', () => {
  it('is what the feature says of the document as it is', async () => {
    const { on } = handlers();
    const { token } = new CancellationTokenSource();
    const ask = on((_params, { document }) => document.document.getText());
    assert.equal(
      await ask(params, token),
      documentOf('nodes: { a: }\n', 'muster-inventory').document.getText(),
    );
  });

  it('is given up when nobody wants it any more', async () => {
    const { on, onWorkspace } = handlers();
    const source = new CancellationTokenSource();
    const answers = [on(() => assert.fail()), onWorkspace(() => assert.fail())].map((ask) =>
      ask(params, source.token),
    );
    source.cancel();
    for (const answer of await Promise.all(answers))
      assert.ok(answer instanceof ResponseError && answer.code === -32800);
  });

  it('is given up when the text has changed before its turn came', async () => {
    const { on, edit } = handlers();
    const { token } = new CancellationTokenSource();
    const answer = on(() => assert.fail())(params, token);
    edit();
    const refused: unknown = await answer;
    assert.ok(refused instanceof ResponseError && refused.code === -32801);
  });
});
