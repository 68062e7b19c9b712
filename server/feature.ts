import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  InitializeParams,
  ResponseError,
  ServerCapabilities,
} from 'vscode-languageserver';
import type { MusterDocument } from './service/document.ts';
import type { Token, Workspace } from './service/workspace.ts';

/** What a feature is asked about: a document at hand, and everything else that is known. */
export type Asked = {
  readonly client: ClientCapabilities;
  readonly document: MusterDocument;
  readonly workspace: Workspace;
  readonly token: Token;
};

type Params = { readonly textDocument: { readonly uri: string } };

/** Makes a handler of a function: reads the document, observes cancelling, answers null where there is nothing to say. */
export type On = <P extends Params, R>(
  feature: (params: P, asked: Asked) => R | ResponseError | undefined,
) => (params: P, token: CancellationToken) => Promise<R | null | ResponseError>;

/** The same for a request that is about no document. */
export type OnWorkspace = <P, R>(
  feature: (params: P, asked: Omit<Asked, 'document'>) => R | ResponseError | undefined,
) => (params: P, token: CancellationToken) => Promise<R | null | ResponseError>;

/** What a client says of itself when it begins. */
export type Hello = Pick<InitializeParams, 'capabilities' | 'initializationOptions'>;

/** One thing that the server can do: what it says about it, and who answers. */
export type Feature = {
  readonly capabilities: ServerCapabilities | ((hello: Hello) => ServerCapabilities);
  /** Its answers are about all files: it waits until they have been read. */
  readonly waits?: boolean;
  /** It looks at the lines around the cursor alone: it does not wait until a document is read that was opened just now. */
  readonly isAtOnce?: boolean;
  /** It has something to say of documents that are too large to be read, too. */
  readonly takesLarge?: boolean;
  listen(connection: Connection, on: On, onWorkspace: OnWorkspace): void;
};
