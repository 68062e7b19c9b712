import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ReadData } from '../core/yaml/readData.ts';
import type { MusterDocument } from './service/document.ts';
import { readerFor } from './service/document.ts';
import { unreadDocument } from './service/unread.ts';
import { canonicalUri } from './service/uris.ts';

/** What was read from the open documents; each version is read once, when it is first asked for. */
export type DocumentStore = {
  /** Undefined when the document is not open or of another language. */
  get(uri: string): (() => MusterDocument) | undefined;
  /** All of them, by their canonical URIs. */
  all(): ReadonlyMap<string, () => MusterDocument>;
};

export type StoreDeps = {
  /** Set while a document can not be read here, or not yet. */
  readonly beside: (document: TextDocument) => MusterDocument['beside'];
  readonly reader: (uri: string) => ReadData;
};

export function documentStore(
  documents: TextDocuments<TextDocument>,
  { beside: besideOf, reader }: StoreDeps,
): DocumentStore {
  const read = new Map<string, { version: number; opened: MusterDocument }>();
  documents.onDidClose(({ document }) => read.delete(document.uri));
  const get: DocumentStore['get'] = (uri) => {
    const document = documents.get(uri);
    const open = document && readerFor(document.languageId);
    if (!open) return undefined;
    return () => {
      const known = read.get(uri);
      const beside = besideOf(document);
      if (known?.version === document.version && known.opened.beside === beside) return known.opened;
      const unread = beside && unreadDocument(document, beside);
      const opened = unread ?? open(document, reader(uri));
      read.set(uri, { version: document.version, opened });
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
