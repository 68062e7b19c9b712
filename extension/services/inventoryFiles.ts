import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type SourceRef, SourceType } from '../../core/inventory/source.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { Settings } from '../settings.ts';

const found = ['**/.muster/inventory.yaml', '**/*.inventory.yaml'];
const excluded = '**/{node_modules,.git}/**';
const filesAtMost = 200;

/**
 * The sources of this window: those that the settings name, else the workspace's own inventories, else what its folders
 * usually have; and the folders themselves, with the repositories in them, as local nodes.
 */
export async function findInventories(
  settings: Settings,
  client: EngineClient,
): Promise<readonly SourceRef[]> {
  const named = settings.inventoryPaths.map(sourceRef);
  const sources = named.length > 0 ? named : await searchWorkspace(client);
  const folders = settings.workspaceFolders
    ? folderPaths().map((folder) => ({ type: 'folders', path: folder }) as const)
    : [];
  return [...sources, ...folders];
}

/** What to watch for new inventories, in the same order of preference. */
export function inventoryPatterns(settings: Settings): readonly vscode.GlobPattern[] {
  if (settings.inventoryPaths.length > 0) return [];
  return [...found, '*', '{inventory,inventories}/*'];
}

/** `[TYPE:]PATH`; a relative path starts at the first workspace folder, `~` at the home folder. */
function sourceRef(text: string): SourceRef {
  const colon = text.indexOf(':');
  const type = SourceType.safeParse(text.slice(0, colon));
  const folder = folderPaths()[0] ?? os.homedir();
  if (!type.success) return { path: absolute(text, folder) };
  const rest = text.slice(colon + 1);
  if (type.data === 'command') return { type: 'command', path: folder, run: rest };
  return { type: type.data, path: absolute(rest || '~/.ssh/config', folder) };
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
