import type { CancellationToken, Connection, ResponseError, ServerCapabilities } from 'vscode-languageserver';
import type { CompletionItem } from 'vscode-languageserver-types';
import { completion, resolveCompletion } from './service/completion/completion.ts';
import type { MusterDocument } from './service/document.ts';
import { hover } from './service/hover.ts';
import type { Token, Workspace } from './service/workspace.ts';

/** What a feature is asked about: a document at hand, and everything else that is known. */
export type Asked = {
  readonly document: MusterDocument;
  readonly workspace: Workspace;
  readonly token: Token;
};

type Params = { readonly textDocument: { readonly uri: string } };

/** Makes a handler of a function: reads the document, observes cancelling, answers null where there is nothing to say. */
export type On = <P extends Params, R>(
  feature: (params: P, asked: Asked) => R | undefined,
) => (params: P, token: CancellationToken) => Promise<R | null | ResponseError>;

/** The same for a request that is about no document. */
export type OnWorkspace = <P, R>(
  feature: (params: P, asked: Omit<Asked, 'document'>) => R | undefined,
) => (params: P, token: CancellationToken) => Promise<R | null | ResponseError>;

/** One thing that the server can do: what it says about it, and who answers. */
export type Feature = {
  readonly capabilities: ServerCapabilities;
  listen(connection: Connection, on: On, onWorkspace: OnWorkspace): void;
};

/** All of them; one line each. */
export const features: readonly Feature[] = [
  {
    capabilities: {
      completionProvider: { triggerCharacters: ' ,[{.|!&@:/'.split(''), resolveProvider: true },
    },
    listen: (connection, on, onWorkspace) => {
      connection.onCompletion(
        on(({ position }, { document, workspace }) => completion(document, position, workspace)),
      );
      const resolve = onWorkspace((item: CompletionItem, { workspace }) =>
        resolveCompletion(item, workspace),
      );
      connection.onCompletionResolve(async (item, token) => (await resolve(item, token)) ?? item);
    },
  },
  {
    capabilities: { hoverProvider: true },
    listen: (connection, on) =>
      connection.onHover(on(({ position }, { document }) => hover(document, position))),
  },
];
