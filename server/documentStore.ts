import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { InventoryDocument } from './service/document.ts';
import { isOurs, openDocument } from './service/document.ts';

/** What was read from the open documents; each version is read once, when it is first asked for. */
export type DocumentStore = {
  /** Undefined when the document is not open or of another language. */
  get(uri: string): (() => InventoryDocument) | undefined;
};

export function documentStore(documents: TextDocuments<TextDocument>): DocumentStore {
  const read = new Map<string, { version: number; inventory: InventoryDocument }>();
  documents.onDidClose(({ document }) => read.delete(document.uri));
  return {
    get(uri) {
      const document = documents.get(uri);
      if (!document || !isOurs(document)) return undefined;
      return () => {
        const known = read.get(uri);
        if (known?.version === document.version) return known.inventory;
        const inventory = openDocument(document);
        read.set(uri, { version: document.version, inventory });
        return inventory;
      };
    },
  };
}
