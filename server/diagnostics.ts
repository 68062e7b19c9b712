import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Event } from '../core/util/emitter.ts';
import type { DocumentStore } from './documentStore.ts';
import type { Findings } from './findings.ts';
import type { Scheduler } from './index/scheduler.ts';
import type { WorkspaceIndex } from './index/workspaceIndex.ts';
import { canonicalUri } from './service/uris.ts';
import { diagnosticsOf } from './service/diagnostics/diagnose.ts';

/** Pages about rules: beside the server, in the sources and in the extension. */
const pages = `${pathToFileURL(join(import.meta.dirname, '..', 'docs', 'rules')).href}/`;
/** Milliseconds of rest after the last edit; the pauses between words are shorter than reading a huge document takes. */
function restFor(document: TextDocument | undefined): number {
  return (document?.getText().length ?? 0) > 500_000 ? 1000 : 100;
}

/**
 * Sends the problems of each open document, with the version that they belong to, once typing rests; again when
 * something in another file has changed on which they depend.
 */
export function publishDiagnostics(deps: {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly store: DocumentStore;
  readonly index: WorkspaceIndex;
  readonly scheduler: Scheduler;
  readonly findings: Findings;
  /** Documents of which something else may be told now, by other settings or other programs. */
  readonly onDidFind: Event<readonly string[] | 'all'>;
}): void {
  const { connection, documents, store, index, scheduler, findings } = deps;
  const waiting = new Map<string, NodeJS.Timeout>();
  const publish = async (uri: string): Promise<void> =>
    scheduler.run('open', () => {
      // While it waited for its turn there may have been another edit, which comes with a turn of its own.
      const read = waiting.has(uri) ? undefined : store.get(uri);
      if (!read) return;
      const document = read();
      const { version } = document.document;
      const diagnostics = diagnosticsOf(findings.of(document, index.workspace()), { pages });
      void connection.sendDiagnostics({ uri, version, diagnostics });
    });
  const later = (uri: string, delay: number): void => {
    clearTimeout(waiting.get(uri));
    const due = (): void => {
      waiting.delete(uri);
      void publish(uri)
        .then(() => scheduler.run('open', () => index.settle(uri)))
        .catch((error: unknown) => connection.console.error(String(error)));
    };
    waiting.set(uri, setTimeout(due, delay));
  };
  documents.onDidChangeContent(({ document }) =>
    later(document.uri, document.version === 1 ? 0 : restFor(document)),
  );
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    index.settle(uri);
  });
  deps.onDidFind((uris) => {
    for (const uri of uris === 'all' ? documents.keys() : uris) later(uri, 0);
  });
  index.onDidChange((uris) => {
    for (const uri of documents.keys())
      if (uris.has(canonicalUri(uri))) later(uri, restFor(documents.get(uri)));
  });
}
