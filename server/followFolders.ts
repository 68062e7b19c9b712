import type { Connection, InitializeParams, ServerCapabilities } from 'vscode-languageserver';
import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { InventorySnapshot, inventorySnapshot } from '../core/protocol/languageServer.ts';
import type { Event } from '../core/util/emitter.ts';
import type { WorkspaceIndex } from './index/workspaceIndex.ts';
import { snapshotOf } from './service/snapshot.ts';

/** What the client has open, and what becomes of it: folders, files on the disk, what the engine knows of other sources. */
export function followFolders({
  connection,
  index,
  onDidSave,
  params: { workspaceFolders, rootUri, capabilities },
  onReady,
  report,
}: {
  readonly connection: Connection;
  readonly index: WorkspaceIndex;
  /** The client has written a document to the disk. */
  readonly onDidSave: (listener: () => void) => unknown;
  readonly params: InitializeParams;
  /** The client can be asked from now on. */
  readonly onReady: Event<void>;
  readonly report: (error: unknown) => void;
}): ServerCapabilities {
  const folders = new Set(workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]));
  const read = (): void => void index.setFolders([...folders]).catch(report);
  read();
  onReady(() => {
    if (capabilities.workspace?.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) folders.delete(uri);
        for (const { uri } of added) folders.add(uri);
        read();
      });
    // Without it nobody may ever say what has changed on the disk.
    if (!capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      onDidSave(index.look);
      return;
    }
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] })
      .catch(report);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    void index.reread(changes.map(({ uri }) => uri)).catch(report);
  });
  connection.onNotification(inventorySnapshot, (sent: unknown) => {
    const snapshot = InventorySnapshot.safeParse(sent);
    if (snapshot.success) index.setSnapshot(snapshotOf(snapshot.data));
    else report(`The host sent an inventory that can not be read: ${snapshot.error.message}`);
  });
  return { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } };
}
