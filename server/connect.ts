import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import { PositionEncodingKind, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { Emitter } from '../core/util/emitter.ts';
import { answersOf } from './answers.ts';
import { coloring } from './coloring.ts';
import { publishDiagnostics } from './diagnostics.ts';
import { type DocumentStore, documentStore } from './documentStore.ts';
import type { Feature, Hello } from './feature.ts';
import { features } from './features.ts';
import { createFindings } from './findings.ts';
import { followFolders } from './followFolders.ts';
import { createFileReader, type FileReader } from './index/fileReader.ts';
import { hinting } from './hinting.ts';
import { type HostKeys, hovering } from './hovering.ts';
import { createFolderKinds } from './index/folderKinds.ts';
import { keyFileState } from './index/keyFiles.ts';
import { createScheduler, type Scheduler } from './index/scheduler.ts';
import { createIndex, type IndexDeps } from './index/workspaceIndex.ts';
import { followLargeTexts } from './largeTexts.ts';
import { mending } from './mending.ts';
import { openDocument } from './openDocument.ts';
import { rulePages } from './pages.ts';
import { followAsking, pulling } from './pull.ts';
import { followSettings, type ServerSettings } from './settings.ts';
import { createReadAhead, type ReadAhead } from './readAhead.ts';
import { createShellcheck, followCommands } from './shellcheck.ts';

/**
 * Wires the language service to a client. Reads files of the client's folders only: no network, and no process but
 * ShellCheck. Without `hostKeys` the client is asked what `known_hosts` has.
 */
export function connect(connection: Connection, hostKeys?: HostKeys): void {
  const report = (error: unknown): void => connection.console.error(String(error));
  const ready = new Emitter<void>(report);
  connection.onInitialized(() => ready.fire());
  const settings = followSettings({ connection, onReady: ready.event, report });
  const kinds = createFolderKinds({ client: () => settings.index });
  const documents = new TextDocuments(openDocument(kinds));
  const found = new Emitter<readonly string[] | 'all'>(report);
  const reading = { reader: createFileReader(), scheduler: createScheduler(), report };
  const { scheduler } = reading;
  const onRead = (uri: string, by: 'here' | 'beside') => (by === 'here' ? index.forget() : found.fire([uri]));
  const { ahead, store } = openedIn({ documents, onRead, ...reading });
  const index = createIndex({ ...reading, ...lookingFor(settings), kinds, open: store.all });
  documents.onDidChangeContent(index.forget);
  documents.onDidClose(index.forget);
  found.event(index.forget);
  settings.onDidChange(() => void index.setKinds().then(() => found.fire('all')));
  const shellcheck = createShellcheck({
    program: () => settings.shellcheck,
    onFound: (uri) => found.fire([uri]),
    report,
  });
  followCommands({ documents, store, onDidChangeSettings: settings.onDidChange }, shellcheck);
  const findings = createFindings({ levels: () => settings.rules, more: shellcheck.of });
  const asking = followAsking(connection);
  const shown = { findings, index, scheduler, pages: rulePages, asking };
  const followed = { connection, index, onDidSave: documents.onDidSave, onReady: ready.event, report };
  let client: ClientCapabilities = {};
  const own = [hinting({ settings, index, client: () => client }), coloring(), mending(findings)];
  const all = [...features, hovering(hostKeys), ...own, pulling(shown)];
  connection.onInitialize((params) => {
    client = params.capabilities;
    asking.begin(params);
    settings.begin(params);
    const capabilities = Object.assign(
      { positionEncoding: PositionEncodingKind.UTF16, textDocumentSync: TextDocumentSyncKind.Incremental },
      followFolders({ ...followed, params }),
      ...all.map((feature) => capabilitiesOf(feature, params)),
    ) as ServerCapabilities;
    return { serverInfo: { name: 'muster' }, capabilities };
  });
  publishDiagnostics({ ...shown, connection, documents, store, ahead, onDidFind: found.event });
  const deps = { documents, store, ahead, index, scheduler, client: () => client };
  for (const feature of all) {
    const { on, onWorkspace } = answersOf(deps, feature);
    feature.listen(connection, on, onWorkspace);
  }
  documents.listen(connection);
  connection.listen();
}

/** Nothing outside of the folders is looked at for a workspace that nobody trusts. */
function lookingFor({ begun }: Pick<ServerSettings, 'begun'>): Pick<IndexDeps, 'keyFile' | 'isTogether'> {
  return {
    keyFile: (place) => (begun().isTrusted ? keyFileState(place) : undefined),
    isTogether: () => begun().isTogether,
  };
}

function capabilitiesOf({ capabilities }: Feature, hello: Hello): ServerCapabilities {
  return typeof capabilities === 'function' ? capabilities(hello) : capabilities;
}

/** The open documents and what is read of them: at once, in portions, or beside everything else. */
function openedIn({
  documents,
  reader,
  scheduler,
  onRead,
  report,
}: {
  readonly documents: TextDocuments<TextDocument>;
  readonly reader: FileReader;
  readonly scheduler: Scheduler;
  readonly onRead: (uri: string, by: 'here' | 'beside') => void;
  readonly report: (error: unknown) => void;
}): { readonly ahead: ReadAhead; readonly store: DocumentStore } {
  const large = followLargeTexts({ documents, reader, onRead: (uri) => onRead(uri, 'beside'), report });
  const ahead = createReadAhead({ documents, scheduler, onRead: (uri) => onRead(uri, 'here'), report });
  const beside = (document: TextDocument) => large.of(document) ?? ahead.of(document);
  return { ahead, store: documentStore(documents, { beside, reader: ahead.reader }) };
}
