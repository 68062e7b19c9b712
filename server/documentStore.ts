import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Compose, composeAgain } from '../core/yaml/composeAgain.ts';
import type { MusterDocument } from './service/document.ts';
import { readerFor } from './service/document.ts';
import { canonicalUri } from './service/uris.ts';

/** What was read from the open documents; each version is read once, when it is first asked for. */
export type DocumentStore = {
  /** Undefined when the document is not open or of another language. */
  get(uri: string): (() => MusterDocument) | undefined;
  /** All of them, by their canonical URIs. */
  all(): ReadonlyMap<string, () => MusterDocument>;
};

export function documentStore(documents: TextDocuments<TextDocument>): DocumentStore {
  const read = new Map<string, { version: number; opened: MusterDocument; composeText: Compose }>();
  documents.onDidClose(({ document }) => read.delete(document.uri));
  const get: DocumentStore['get'] = (uri) => {
    const document = documents.get(uri);
    const open = document && readerFor(document.languageId);
    if (!open) return undefined;
    return () => {
      const known = read.get(uri);
      if (known?.version === document.version) return known.opened;
      const composeText = known?.composeText ?? composeAgain();
      const opened = open(document, composeText);
      read.set(uri, { version: document.version, opened, composeText });
      return opened;
    };
  };
  const all = (): ReadonlyMap<string, () => MusterDocument> =>
    new Map(
      documents.keys().flatMap((uri) => {
        const opened = get(uri);
        return opened ? [[canonicalUri(uri), opened] as const] : [];
      }),
    );
  return { get, all };
}
