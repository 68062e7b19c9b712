import type { CancellationToken, Connection } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { documentStore } from './documentStore.ts';
import { publishDiagnostics } from './diagnostics.ts';
import { completion } from './service/completion.ts';
import type { MusterDocument } from './service/document.ts';
import { hover } from './service/hover.ts';

/** Wires the language service to a client. Reads open documents only: no files, no network, no processes. */
export function connect(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const store = documentStore(documents);
  connection.onInitialize(() => ({
    serverInfo: { name: 'muster' },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: { triggerCharacters: [' ', ',', '[', '{'] },
      hoverProvider: true,
    },
  }));
  publishDiagnostics({ connection, documents, store });
  connection.onCompletion((params, token) =>
    answer(store.get(params.textDocument.uri), token, (inventory) => completion(inventory, params.position)),
  );
  connection.onHover((params, token) =>
    answer(store.get(params.textDocument.uri), token, (inventory) => hover(inventory, params.position)),
  );
  documents.listen(connection);
  connection.listen();
}

/** Lets a cancellation that is already on its way arrive before the work is done. */
async function answer<T>(
  inventory: (() => MusterDocument) | undefined,
  token: CancellationToken,
  feature: (inventory: MusterDocument) => T | undefined,
): Promise<T | null | ResponseError> {
  await new Promise((resolve) => setImmediate(resolve));
  if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
  return (inventory && feature(inventory())) ?? null;
}
