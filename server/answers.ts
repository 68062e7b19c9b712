import type { CancellationToken, ClientCapabilities, TextDocuments } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentStore } from './documentStore.ts';
import type { Feature, On, OnWorkspace } from './feature.ts';
import type { Scheduler } from './index/scheduler.ts';
import type { WorkspaceIndex } from './index/workspaceIndex.ts';
import type { ReadAhead } from './readAhead.ts';
import { workspaceFor } from './service/workspace.ts';

/** What handlers of requests need. */
export type AnswerDeps = {
  readonly documents: TextDocuments<TextDocument>;
  readonly store: DocumentStore;
  readonly ahead: Pick<ReadAhead, 'read'>;
  readonly index: WorkspaceIndex;
  readonly scheduler: Scheduler;
  /** What the client can take; known once it has said hello. */
  readonly client: () => ClientCapabilities;
};

/** Work that a person waits for: given up when nobody wants it any more, or when it would be about a text of before. */
export function answersOf(
  { documents, store, ahead, index, scheduler, client }: AnswerDeps,
  { waits = false, takesLarge = false, isAtOnce = false }: Pick<Feature, 'waits' | 'takesLarge' | 'isAtOnce'>,
): { readonly on: On; readonly onWorkspace: OnWorkspace } {
  const answer = async <R>(
    token: CancellationToken,
    work: () => R | ResponseError | undefined,
    { isStill = () => true, isRead }: { isStill?: () => boolean; isRead?: Promise<void> | undefined } = {},
  ): Promise<R | null | ResponseError> => {
    if (waits) await index.ready;
    await isRead;
    return scheduler.run('interactive', () => {
      if (token.isCancellationRequested)
        return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if (!isStill()) return new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed since.');
      return work() ?? null;
    });
  };
  return {
    on: (feature) => (params, token) => {
      const { uri } = params.textDocument;
      const version = documents.get(uri)?.version;
      return answer(
        token,
        () => {
          const document = store.get(uri)?.();
          if (!document || (document.beside !== undefined && !takesLarge)) return undefined;
          const workspace = workspaceFor(document, index.workspace());
          return feature(params, { document, workspace, token, client: client() });
        },
        {
          isStill: () => documents.get(uri)?.version === version,
          isRead: isAtOnce ? undefined : ahead.read(uri),
        },
      );
    },
    onWorkspace: (feature) => (params, token) =>
      answer(token, () => feature(params, { workspace: index.workspace(), token, client: client() })),
  };
}
