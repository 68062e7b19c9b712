import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Event } from '../core/util/emitter.ts';
import type { DocumentStore } from './documentStore.ts';
import type { Findings } from './findings.ts';
import type { Scheduler } from './index/scheduler.ts';
import type { WorkspaceIndex } from './index/workspaceIndex.ts';
import type { Asking } from './pull.ts';
import type { ReadAhead } from './readAhead.ts';
import { canonicalUri } from './service/uris.ts';
import { workspaceFor } from './service/workspace.ts';
import { diagnosticsOf } from './service/diagnostics/diagnose.ts';

/**
 * Milliseconds of rest after the last edit: as long as the last look took, so that whoever types without end has half of
 * the processor for it. The first look reads all of a document and says nothing of the next.
 */
function restFor(lastLook = 25): number {
  return Math.min(1000, Math.max(5, lastLook));
}

type PublishDeps = {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly store: DocumentStore;
  readonly ahead: Pick<ReadAhead, 'read'>;
  readonly index: WorkspaceIndex;
  readonly scheduler: Scheduler;
  readonly findings: Findings;
  /** Folder of the pages about rules, as a URI. */
  readonly pages: string;
  /** A client that asks for problems itself is told that they may be others, and nothing more. */
  readonly asking: Asking;
  /** Documents of which something else may be told now, by other settings or other programs. */
  readonly onDidFind: Event<readonly string[] | 'all'>;
};

/**
 * Sends the problems of each open document, with the version that they belong to, once typing rests; again when
 * something in another file has changed on which they depend.
 */
export function publishDiagnostics(deps: PublishDeps): void {
  const { connection, documents, ahead, index, scheduler, asking } = deps;
  const waiting = timers();
  const looks = new Map<string, number>();
  const rest = (uri: string): number => restFor(looks.get(uri));
  // While it waited for its turn there may have been another edit, which comes with a turn of its own.
  const isDue = (uri: string): boolean => !waiting.has(uri) && !asking.isOn;
  const publish = async (uri: string): Promise<void> => {
    await ahead.read(uri);
    let took = 0;
    // What takes long in a long document has turns of its own, so that whoever waits for an answer comes in between.
    for (const part of [readOne, findNames, publishOne])
      await scheduler.run('open', () => {
        if (!isDue(uri)) return;
        const began = performance.now();
        part(uri, deps);
        took += performance.now() - began;
      });
    if (documents.get(uri)?.version !== 1) looks.set(uri, took);
  };
  const later = (uri: string, delay: number): void =>
    waiting.set(uri, delay, () => {
      void publish(uri)
        .then(() => scheduler.run('open', () => index.settle(uri)))
        .catch((error: unknown) => connection.console.error(String(error)));
    });
  documents.onDidChangeContent(({ document: { uri, version } }) => later(uri, version === 1 ? 0 : rest(uri)));
  documents.onDidClose(({ document: { uri } }) => {
    waiting.clear(uri);
    looks.delete(uri);
    if (!asking.isOn) void connection.sendDiagnostics({ uri, diagnostics: [] });
    index.settle(uri);
  });
  deps.onDidFind((uris) => {
    if (asking.isOn) return asking.again();
    for (const uri of uris === 'all' ? documents.keys() : uris) later(uri, 0);
  });
  index.onDidChange((uris) => {
    if (asking.isOn) return asking.again();
    for (const uri of documents.keys()) if (uris.has(canonicalUri(uri))) later(uri, rest(uri));
  });
}

function readOne(uri: string, { store }: PublishDeps): void {
  void store.get(uri)?.().problems;
}

function findNames(uri: string, { index }: PublishDeps): void {
  index.workspace().facts(canonicalUri(uri));
}

function publishOne(uri: string, { connection, store, index, findings, pages }: PublishDeps): void {
  const document = store.get(uri)?.();
  if (!document) return;
  const { version } = document.document;
  // What was told of the text before stays until it is read.
  if (document.beside === 'reading' || (document.beside === 'waiting' && version > 1)) return;
  const workspace = workspaceFor(document, index.workspace());
  const diagnostics = diagnosticsOf(findings.of(document, workspace), { pages });
  void connection.sendDiagnostics({ uri, version, diagnostics });
}

/** What is due later, one thing at most for each document. */
function timers() {
  const waiting = new Map<string, NodeJS.Timeout>();
  const clear = (uri: string): void => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
  };
  return {
    has: (uri: string): boolean => waiting.has(uri),
    clear,
    set(uri: string, delay: number, due: () => void): void {
      clear(uri);
      const now = (): void => {
        waiting.delete(uri);
        due();
      };
      waiting.set(uri, setTimeout(now, delay));
    },
  };
}
