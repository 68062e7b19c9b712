import assert from 'node:assert/strict';
import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readAgain } from '../../core/yaml/readAgain.ts';
import { documentStore } from '../../server/documentStore.ts';

const uri = 'file:///a%20b/p.playbook.yaml';

describe('the documents that a client has open', () => {
  it('are read once a version, by any form of their URI, and not when they are of another language', () => {
    const documents = new TextDocuments(TextDocument);
    let document = TextDocument.create(uri, 'muster-playbook', 1, 'steps:\n  - id: a\n    run: x\n');
    documents.get = () => document;
    documents.keys = () => [uri];
    const store = documentStore(documents, { beside: () => undefined, reader: () => readAgain() });
    const first = store.get(uri)?.();
    assert.equal(store.get(uri)?.(), first);
    assert.equal(store.all().get(uri)?.(), first);
    const change = { text: 'steps:\n  - id: b\n    run: x\n' };
    document = TextDocument.update(document, [change], 2);
    const second = store.get(uri)?.();
    assert.notEqual(second, first);
    assert.equal(second?.parsed.writtenAt(['steps', 0, 'id']), 'b');
    document = TextDocument.create(uri, 'yaml', 3, '');
    assert.equal(store.get(uri), undefined);
  });
});
