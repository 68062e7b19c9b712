import type { CancellationToken, Connection, ServerCapabilities } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { documentStore } from './documentStore.ts';
import { publishDiagnostics } from './diagnostics.ts';
import { features, type On, type OnWorkspace } from './features.ts';
import type { Workspace } from './service/workspace.ts';
import { indexed, workspaceOf } from './service/workspace.ts';

/** Wires the language service to a client. Reads open documents only: no files, no network, no processes. */
export function connect(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const store = documentStore(documents);
  const workspace = (): Workspace =>
    workspaceOf({
      files: documents
        .all()
        .flatMap(({ uri }) => store.get(uri)?.() ?? [])
        .map(indexed),
    });
  connection.onInitialize(() => ({
    serverInfo: { name: 'muster' },
    capabilities: Object.assign(
      { textDocumentSync: TextDocumentSyncKind.Incremental },
      ...features.map(({ capabilities }) => capabilities),
    ) as ServerCapabilities,
  }));
  publishDiagnostics({ connection, documents, store });
  const on: On = (feature) => (params, token) =>
    answer(token, () => {
      const read = store.get(params.textDocument.uri);
      return read && feature(params, { document: read(), workspace: workspace(), token });
    });
  const onWorkspace: OnWorkspace = (feature) => (params, token) =>
    answer(token, () => feature(params, { workspace: workspace(), token }));
  for (const { listen } of features) listen(connection, on, onWorkspace);
  documents.listen(connection);
  connection.listen();
}

/** Lets a cancellation that is already on its way arrive before the work is done. */
async function answer<R>(
  token: CancellationToken,
  work: () => R | undefined,
): Promise<R | null | ResponseError> {
  await new Promise((resolve) => setImmediate(resolve));
  if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
  return work() ?? null;
}
