import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { Diagnostic } from 'vscode-languageserver-types';

export type Published = { uri: string; version?: number; diagnostics: Diagnostic[] };

/** A language server in a process of its own, spoken to over its standard streams. */
export type Session = AsyncDisposable & {
  readonly rpc: MessageConnection;
  /** The first announcement of problems that fits, also one from before it was asked for. */
  published(fits: (params: Published) => boolean): Promise<Published>;
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>;
};

const server = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const muster = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export type SessionOptions = {
  /** How the server is started: by itself, or as `muster lsp`. */
  readonly program?: 'server' | 'muster';
  /** URI of the folder that the client has open. */
  readonly folder?: string;
  /** URIs of several. */
  readonly folders?: readonly string[];
  /** What the client says that it can take. */
  readonly capabilities?: object;
  /** False: the test says by itself that the client has begun. */
  readonly begin?: boolean;
  /** What it says beside that when it begins. */
  readonly initializationOptions?: object;
};

/** Starts the server and shakes hands with it. */
export async function startSession({
  program = 'server',
  folder,
  folders,
  capabilities: client = {},
  initializationOptions,
  begin = true,
}: SessionOptions = {}): Promise<Session & { capabilities: Record<string, unknown> }> {
  const argv = program === 'server' ? [server, '--stdio'] : [muster, 'lsp', '--stdio'];
  const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const rpc = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const seen: Published[] = [];
  const waiting = new Set<() => void>();
  rpc.onNotification('textDocument/publishDiagnostics', (params: Published) => {
    seen.push(params);
    for (const wake of waiting) wake();
  });
  rpc.listen();
  const initialize = {
    processId: process.pid,
    rootUri: folder ?? null,
    ...(folders && { workspaceFolders: folders.map((uri) => ({ uri, name: uri })) }),
    capabilities: client,
    ...(initializationOptions && { initializationOptions }),
  };
  const { capabilities } = await rpc.sendRequest<{ capabilities: Record<string, unknown> }>(
    'initialize',
    initialize,
  );
  if (begin) await rpc.sendNotification('initialized', {});
  return {
    rpc,
    capabilities,
    ended,
    published: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = seen.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      rpc.dispose();
      child.kill();
      await ended;
    },
  };
}
