import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type ReadAgain, readAgain } from '../core/yaml/readAgain.ts';
import type { Scheduler } from './index/scheduler.ts';
import { readAhead } from './service/ahead.ts';
import { largest } from './service/unread.ts';

/** Milliseconds that are read at a time; what a person waits for comes in between. */
const portion = 15;
/** UTF-16 units: this much new text is read at once. */
const little = 32 * 1024;

/** The readers of open documents. What is opened, or pasted, is read in portions before anybody asks for all of it. */
export type ReadAhead = {
  /** Remembers the text before. */
  reader(uri: string): ReadAgain;
  /** Whether it is being read now. */
  of(document: TextDocument): 'reading' | undefined;
  /** Settles once the document can be read in little time. */
  read(uri: string): Promise<void>;
};

export function createReadAhead(deps: {
  readonly documents: TextDocuments<TextDocument>;
  readonly scheduler: Scheduler;
  readonly onRead: (uri: string) => void;
  readonly report: (error: unknown) => void;
}): ReadAhead {
  const { documents, scheduler, onRead, report } = deps;
  const known = new Map<string, { readonly reader: ReadAgain; length: number }>();
  const going = new Map<string, Promise<void>>();
  const knownOf = (uri: string) => {
    const made = known.get(uri) ?? { reader: readAgain(), length: 0 };
    known.set(uri, made);
    return made;
  };
  documents.onDidChangeContent(({ document }) => {
    const { uri } = document;
    const { length } = document.getText();
    const before = knownOf(uri);
    const isMuch = Math.abs(length - before.length) > little;
    before.length = length;
    if (!isMuch || length > largest || going.has(uri)) return;
    const done = readInPortions(() => documents.get(uri), before.reader, scheduler)
      .catch(report)
      .then(() => {
        going.delete(uri);
        onRead(uri);
      });
    going.set(uri, done);
  });
  documents.onDidClose(({ document }) => known.delete(document.uri));
  return {
    reader: (uri) => knownOf(uri).reader,
    of: ({ uri }) => (going.has(uri) ? 'reading' : undefined),
    read: (uri) => going.get(uri) ?? Promise.resolve(),
  };
}

/** Until all of the text is read that the document has by then. */
async function readInPortions(
  documentNow: () => TextDocument | undefined,
  reader: ReadAgain,
  scheduler: Scheduler,
): Promise<void> {
  let steps: Generator<void> | undefined;
  let version: number | undefined;
  const readSome = (): 'done' | 'more' => {
    const document = documentNow();
    if (document?.version !== version) {
      steps?.return(undefined);
      steps = document && readAhead({ text: document.getText(), languageId: document.languageId }, reader);
      version = document?.version;
    }
    const until = performance.now() + portion;
    while (performance.now() < until) if (!steps || steps.next().done) return 'done';
    return 'more';
  };
  while ((await scheduler.run('open', readSome)) === 'more');
}
