import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { messageOf } from '../../core/util/errors.ts';
import { type SpawnedFleet, spawnFleet } from '../../engine/demo/client.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';

const nodes = 24;

type Deps = { readonly context: vscode.ExtensionContext; readonly inventory: InventoryStore };

export type DemoFleet = Disposable & {
  /** Opens its folder, beside what is open already. */
  open(): Promise<void>;
};

/**
 * In a window of the demo folder, and once it is trusted, the nodes of the demo fleet run as long as the window does:
 * SSH servers on loopback, for whoever has the key that is made at each start.
 */
export function provideDemoFleet({ context, inventory }: Deps): DemoFleet {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'demo');
  const isHere = vscode.workspace.workspaceFolders?.[0]?.uri.toString() === folder.toString();
  let fleet: Promise<SpawnedFleet | undefined> | undefined;
  const start = (): void => {
    const program = context.asAbsolutePath('dist/demo.js');
    fleet ??= spawnFleet({ program, nodes, dir: folder.fsPath }).catch((error: unknown) => {
      void vscode.window.showErrorMessage(`The demo fleet did not start: ${messageOf(error)}`);
      return undefined;
    });
    void fleet.then(() => inventory.refresh());
  };
  if (isHere && vscode.workspace.isTrusted) start();
  const granted = isHere ? vscode.workspace.onDidGrantWorkspaceTrust(start) : undefined;
  return {
    async open() {
      await vscode.workspace.fs.createDirectory(folder);
      const forceNewWindow = vscode.workspace.workspaceFolders !== undefined;
      await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
    },
    dispose() {
      granted?.dispose();
      void fleet?.then((running) => running?.stop());
    },
  };
}
