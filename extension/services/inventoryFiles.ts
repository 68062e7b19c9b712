import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type SourceRef, sourceRefOf } from '../../core/inventory/source.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { Settings } from '../settings.ts';

const found = ['**/.muster/inventory.yaml', '**/*.inventory.yaml'];
/** What `findSources` looks for in a folder. */
const usual = [
  '{ansible.cfg,bolt-project.yaml,hosts,hosts.*,inventory,inventory.*,nodes.csv,nodes.txt}',
  '{inventory,inventories,Boltdir}/*',
];
const excluded = '**/{node_modules,.git}/**';
const filesAtMost = 200;

/**
 * The sources of this window: those that `inventory.paths` names, else the workspace's own inventories, else what its
 * folders usually have; those of `inventory.sources`; and the folders themselves, with the repositories in them, as
 * local nodes.
 */
export async function findInventories(
  settings: Settings,
  client: EngineClient,
): Promise<readonly SourceRef[]> {
  const named = settings.inventoryPaths.map(sourceRef);
  const usualOnes = named.length > 0 ? named : await searchWorkspace(client);
  const folders = settings.workspaceFolders
    ? folderPaths().map((folder) => ({ type: 'folders', path: folder }) as const)
    : [];
  const all: readonly SourceRef[] = [...usualOnes, ...settings.inventorySources.map(sourceRef), ...folders];
  return [...new Map(all.map((source) => [`${source.path}\n${source.run ?? ''}`, source])).values()];
}

/** Tells when an inventory may have come or gone, and when the folders of the workspace change. */
export function watchWorkspace(touch: () => void): vscode.Disposable {
  let watchers: readonly vscode.Disposable[] = [];
  const watch = (): void => {
    watchers.forEach((each) => each.dispose());
    watchers = inventoryPatterns().map((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const listening = [watcher.onDidChange(touch), watcher.onDidCreate(touch), watcher.onDidDelete(touch)];
      return vscode.Disposable.from(watcher, ...listening);
    });
  };
  watch();
  const folders = vscode.workspace.onDidChangeWorkspaceFolders(() => {
    watch();
    touch();
  });
  return new vscode.Disposable(() => [folders, ...watchers].forEach((each) => each.dispose()));
}

/** A pattern without a folder is matched against whole paths: names at the top of a folder need it. */
function inventoryPatterns(): readonly vscode.GlobPattern[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [
    ...found,
    ...folders.flatMap((folder) => usual.map((name) => new vscode.RelativePattern(folder, name))),
  ];
}

/** `[TYPE:]PATH`; a relative path starts at the first workspace folder, `~` at the home folder. */
function sourceRef(text: string): SourceRef {
  const folder = folderPaths()[0] ?? os.homedir();
  return sourceRefOf(text, { folder, absolute: (file) => absolute(file, folder) });
}

async function searchWorkspace(client: EngineClient): Promise<readonly SourceRef[]> {
  const uris = await vscode.workspace.findFiles(`{${found.join(',')}}`, excluded, filesAtMost);
  const paths = uris.filter((uri) => uri.scheme === 'file').map((uri) => uri.fsPath);
  if (paths.length > 0) return [...new Set(paths)].sort().map((file) => ({ type: 'muster', path: file }));
  return client.findSources({ folders: folderPaths() });
}

function folderPaths(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

function absolute(file: string, folder: string): string {
  if (file === '~' || file.startsWith('~/')) return path.join(os.homedir(), file.slice(1));
  return path.resolve(folder, file);
}
