import type { TextDocuments } from 'vscode-languageserver';
import type { Event } from '../core/util/emitter.ts';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentStore } from './documentStore.ts';
import type { Finding } from './service/diagnostics/finding.ts';
import type { MusterDocument } from './service/document.ts';
import { createAsker } from './askShellcheck.ts';
import { commentFindings } from './service/shell/comments.ts';
import { scriptsIn } from './service/shell/scripts.ts';

/** Milliseconds that typing rests before commands are looked at. */
const rest = 800;
/** What ShellCheck says of commands: the one program that the server may start. */
export type Shellcheck = {
  /** Looks at a document once typing rests, or at once when it was saved. A look at an older version ends. */
  look(document: MusterDocument, when: 'later' | 'now'): void;
  /** What is known of this very version. */
  of(document: MusterDocument): readonly Finding[];
  forget(uri: string): void;
};

export type ShellcheckDeps = {
  /** The program; undefined where none may be started. */
  readonly program: () => string | undefined;
  /** Something more is known of a document. */
  readonly onFound: (uri: string) => void;
  readonly report: (error: unknown) => void;
};

export function createShellcheck({ program, onFound, report }: ShellcheckDeps): Shellcheck {
  const found = new WeakMap<MusterDocument, readonly Finding[]>();
  const timers = new Map<string, NodeJS.Timeout>();
  const newest = new Map<string, MusterDocument>();
  const asker = createAsker(program);
  let queue = Promise.resolve();
  const work = async (document: MusterDocument): Promise<void> => {
    const { uri } = document.document;
    const findings: Finding[] = [];
    for (const script of scriptsIn(document)) {
      if (newest.get(uri) !== document) return;
      findings.push(...commentFindings(await asker.ask(script, uri), script, document));
    }
    if (newest.get(uri) !== document) return;
    found.set(document, findings);
    onFound(uri);
  };
  const begin = (document: MusterDocument): void => {
    timers.delete(document.document.uri);
    queue = queue.then(() => work(document)).catch(report);
  };
  const rested = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  };
  return {
    look(document, when) {
      const { uri } = document.document;
      rested(uri);
      if (newest.get(uri) !== document) asker.stop(uri);
      newest.set(uri, document);
      if (!asker.isThere() || found.has(document)) return;
      if (when === 'now') begin(document);
      else timers.set(uri, setTimeout(begin, rest, document));
    },
    of: (document) => (program() === undefined ? [] : (found.get(document) ?? [])),
    forget(uri) {
      rested(uri);
      newest.delete(uri);
      asker.stop(uri);
    },
  };
}

type Followed = {
  readonly documents: TextDocuments<TextDocument>;
  readonly store: DocumentStore;
  /** Whether and with which program commands are looked at may be another. */
  readonly onDidChangeSettings: Event<void>;
};

/** Looks at documents that are open: once typing rests, when they are saved, and when the settings are others. */
export function followCommands(
  { documents, store, onDidChangeSettings }: Followed,
  shellcheck: Shellcheck,
): void {
  onDidChangeSettings(() => {
    for (const { uri } of documents.all()) {
      const read = store.get(uri);
      if (read) shellcheck.look(read(), 'later');
    }
  });
  documents.onDidChangeContent(({ document: { uri } }) => {
    const read = store.get(uri);
    if (read) shellcheck.look(read(), 'later');
  });
  documents.onDidSave(({ document: { uri } }) => {
    const read = store.get(uri);
    if (read) shellcheck.look(read(), 'now');
  });
  documents.onDidClose(({ document: { uri } }) => shellcheck.forget(uri));
}
