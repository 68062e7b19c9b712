import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { HostKeysQuery, type KnownHostKey } from '../../core/protocol/hostKeys.ts';
import { knownHostKeys, workspaceTrusted } from '../../core/protocol/languageServer.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { languageIds } from '../commandIds.ts';
import { sendSnapshots, type SnapshotDeps } from './inventorySnapshot.ts';
import { offeringMore } from './offeringMore.ts';
import type { Settings } from '../settings.ts';

/** The engine knows what `known_hosts` has, and the settings which file that is. */
export type LanguageDeps = SnapshotDeps & { readonly settings: Pick<Settings, 'knownHosts'> };

/** Starts the language server when the first file of ours is opened in an editor, and not before. */
export function startLanguageClient(context: vscode.ExtensionContext, deps: LanguageDeps): Disposable {
  const { log } = deps;
  let client: Promise<LanguageClient> | undefined;
  let snapshots: Disposable | undefined;
  const consider = (document: vscode.TextDocument): void => {
    if (client || !languageIds.includes(document.languageId)) return;
    client = start(context, deps);
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

async function start(context: vscode.ExtensionContext, deps: LanguageDeps): Promise<LanguageClient> {
  // Loaded here: most windows never open one of these files in an editor.
  const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const client = new LanguageClient(
    'muster',
    'Muster Language Server',
    { run: server, debug: server },
    {
      documentSelector: schemes().flatMap((scheme) => languageIds.map((language) => ({ scheme, language }))),
      synchronize: { configurationSection: 'muster' },
      // Problems are sent once typing rests; a client that asks for them does so at every letter.
      initializationOptions: {
        isTrusted: vscode.workspace.isTrusted,
        diagnostics: 'push',
        commands: true,
        hostKeys: true,
        secretStore: true,
        // A run resolves its targets in all inventories of the window, so that no other number may be shown.
        inventories: 'together',
      },
      middleware: {
        provideCompletionItem: async (...[document, position, context, token, next]) =>
          offeringMore(await next(document, position, context, token)),
      },
    },
  );
  client.onRequest(knownHostKeys, (query: unknown) => hostKeysFor(query, deps));
  await client.start();
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(workspaceTrusted)),
  );
  return client;
}

/** Of files and texts that are none yet: not of copies that VS Code shows, as beside a difference or before a rename. */
function schemes(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(['file', 'untitled', ...folders.map(({ uri }) => uri.scheme)])];
}

/** Nothing of a person's files is read in Restricted Mode. */
async function hostKeysFor(
  asked: unknown,
  { link, settings }: LanguageDeps,
): Promise<readonly KnownHostKey[]> {
  const query = HostKeysQuery.safeParse(asked);
  if (!query.success || !vscode.workspace.isTrusted) return [];
  const client = await link.client();
  const { knownHosts } = settings;
  if (!client.ok) return [];
  return client.value.hostKeys(
    knownHosts === undefined ? query.data : { ...query.data, files: [knownHosts] },
  );
}
