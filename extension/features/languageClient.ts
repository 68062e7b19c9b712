import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient/node';
import { HostKeysQuery, type KnownHostKey } from '../../core/protocol/hostKeys.ts';
import { knownHostKeys, workspaceTrusted } from '../../core/protocol/languageServer.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { languageIds } from '../commandIds.ts';
import { sendSnapshots, type SnapshotDeps } from './inventorySnapshot.ts';
import { offeringMore } from './offeringMore.ts';
import { onSettingChange, type Settings } from '../settings.ts';

/** The engine knows what `known_hosts` has, and the settings which file that is. */
export type LanguageDeps = SnapshotDeps & {
  readonly settings: Pick<Settings, 'knownHosts' | 'attachToYaml'>;
};

/**
 * Starts the language server when the first file of ours is opened in an editor, and not before; anew when the setting
 * changes that says which files these are.
 */
export function startLanguageClient(context: vscode.ExtensionContext, deps: LanguageDeps): Disposable {
  const { log } = deps;
  let running: Promise<Disposable> | undefined;
  const consider = (document: vscode.TextDocument): void => {
    if (running || !languagesOf(deps).includes(document.languageId)) return;
    running = start(context, deps);
    running.catch((error) => log.error(`The language server did not start: ${String(error)}`));
  };
  const considerAll = (): void => vscode.workspace.textDocuments.forEach(consider);
  const stop = (): void => {
    void running?.then((each) => each.dispose()).catch(() => {});
    running = undefined;
  };
  considerAll();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(consider),
    onSettingChange('languageServer.attachToYaml', () => {
      stop();
      considerAll();
    }),
    { dispose: stop },
  );
}

/** Files that stay YAML in the editor may be meant, too: the server knows ours by their names. */
function languagesOf({ settings }: LanguageDeps): readonly string[] {
  return settings.attachToYaml ? [...languageIds, 'yaml'] : languageIds;
}

async function start(context: vscode.ExtensionContext, deps: LanguageDeps): Promise<Disposable> {
  // Loaded here: most windows never open one of these files in an editor.
  const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const client = new LanguageClient(
    'muster',
    'Muster Language Server',
    { run: server, debug: server },
    optionsFor(deps),
  );
  client.onRequest(knownHostKeys, (query: unknown) => hostKeysFor(query, deps));
  await client.start();
  return vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(workspaceTrusted)),
    sendSnapshots(client, deps),
    { dispose: () => void client.dispose().catch(() => {}) },
  );
}

function optionsFor(deps: LanguageDeps): LanguageClientOptions {
  return {
    documentSelector: schemes().flatMap((scheme) =>
      languagesOf(deps).map((language) => ({ scheme, language })),
    ),
    synchronize: { configurationSection: 'muster' },
    outputChannel: deps.log,
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
  };
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
