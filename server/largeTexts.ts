import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileReader } from './index/fileReader.ts';
import type { FileFacts } from './service/facts/packed.ts';
import { largest } from './service/unread.ts';

/** Open documents that are too large to be read while somebody types. */
export type LargeTexts = {
  /** What was found in this version, where that is known; undefined for a document of usual size. */
  of(document: TextDocument): FileFacts | 'waiting' | 'failed' | undefined;
};

/** Milliseconds behind the last change. */
const rest = 1000;

/** Has large documents read beside everything else, once typing rests, one version of each at a time. */
export function followLargeTexts(deps: {
  readonly documents: TextDocuments<TextDocument>;
  readonly reader: FileReader;
  readonly onRead: (uri: string) => void;
  readonly report: (error: unknown) => void;
}): LargeTexts {
  const { documents, reader, onRead, report } = deps;
  const known = new Map<string, { readonly version: number; readonly read: FileFacts | 'failed' }>();
  const reading = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  const read = async (document: TextDocument): Promise<void> => {
    const { uri, languageId, version } = document;
    if (reading.has(uri)) return;
    reading.set(uri, version);
    const found = await reader.read({ uri, languageId, text: document.getText() }).catch((error: unknown) => {
      report(error);
      return undefined;
    });
    reading.delete(uri);
    const now = documents.get(uri);
    if (!now) return;
    known.set(uri, { version, read: found ?? 'failed' });
    if (now.version === version) onRead(uri);
    else later(now);
  };
  const later = (document: TextDocument): void => {
    clearTimeout(timers.get(document.uri));
    const isNew = !known.has(document.uri) && !reading.has(document.uri);
    timers.set(
      document.uri,
      setTimeout(() => void read(document), isNew ? 0 : rest),
    );
  };
  documents.onDidChangeContent(({ document }) => {
    if (document.getText().length > largest) later(document);
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    known.delete(uri);
  });
  return {
    of(document) {
      if (document.getText().length <= largest) return undefined;
      const last = known.get(document.uri);
      return last?.version === document.version ? last.read : 'waiting';
    },
  };
}
