import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { workspaceTrusted } from '../../core/protocol/languageServer.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { languageIds } from '../commandIds.ts';
import { sendSnapshots, type SnapshotDeps } from './inventorySnapshot.ts';
import { offeringMore } from './offeringMore.ts';

/** Starts the language server when the first file of ours is opened in an editor, and not before. */
export function startLanguageClient(context: vscode.ExtensionContext, deps: SnapshotDeps): Disposable {
  const { log } = deps;
  let client: Promise<LanguageClient> | undefined;
  let snapshots: Disposable | undefined;
  const consider = (document: vscode.TextDocument): void => {
    if (client || !languageIds.includes(document.languageId)) return;
    client = start(context);
    client
      .then((running) => (snapshots = sendSnapshots(running, deps)))
      .catch((error) => log.error(`The language server did not start: ${String(error)}`));
  };
  const listener = vscode.workspace.onDidOpenTextDocument(consider);
  vscode.workspace.textDocuments.forEach(consider);
  return {
    dispose: () => {
      listener.dispose();
      snapshots?.dispose();
      void client?.then((running) => running.dispose()).catch(() => {});
    },
  };
}

async function start(context: vscode.ExtensionContext): Promise<LanguageClient> {
  // Loaded here: most windows never open one of these files in an editor.
  const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const client = new LanguageClient(
    'muster',
    'Muster Language Server',
    { run: server, debug: server },
    {
      documentSelector: languageIds.map((language) => ({ language })),
      synchronize: { configurationSection: 'muster' },
      // Problems are sent once typing rests; a client that asks for them does so at every letter.
      initializationOptions: {
        isTrusted: vscode.workspace.isTrusted,
        diagnostics: 'push',
        commands: true,
      },
      middleware: {
        provideCompletionItem: async (...[document, position, context, token, next]) =>
          offeringMore(await next(document, position, context, token)),
      },
    },
  );
  await client.start();
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(workspaceTrusted)),
  );
  return client;
}
