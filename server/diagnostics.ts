import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentStore } from './documentStore.ts';
import { validate } from './service/validate.ts';

/** Milliseconds of rest after the last edit. */
const rest = 100;

/** Sends the problems of each open document, with the version that they belong to, once typing rests. */
export function publishDiagnostics(deps: {
  connection: Connection;
  documents: TextDocuments<TextDocument>;
  store: DocumentStore;
}): void {
  const { connection, documents, store } = deps;
  const waiting = new Map<string, NodeJS.Timeout>();
  const publish = (uri: string): void => {
    waiting.delete(uri);
    const read = store.get(uri);
    if (!read) return;
    const inventory = read();
    const { version } = inventory.document;
    void connection.sendDiagnostics({ uri, version, diagnostics: validate(inventory) });
  };
  documents.onDidChangeContent(({ document: { uri, version } }) => {
    clearTimeout(waiting.get(uri));
    waiting.set(uri, setTimeout(publish, version === 1 ? 0 : rest, uri));
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
}
