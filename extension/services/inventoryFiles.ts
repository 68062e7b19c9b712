import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { SourceRef } from '../../core/inventory/source.ts';
import type { Settings } from '../settings.ts';

const found = ['**/.muster/inventory.yaml', '**/*.inventory.yaml'];
const excluded = '**/{node_modules,.git}/**';
const filesAtMost = 200;

/** The inventory files of the workspace, or those that the setting names, sorted by path. */
export async function findInventories(settings: Settings): Promise<readonly SourceRef[]> {
  const named = settings.inventoryPaths.map(absolute);
  const paths = named.length > 0 ? named : await searchWorkspace();
  return [...new Set(paths)].map((file) => ({ type: 'muster', path: file }));
}

/** What to watch for changes, in the same order of preference. */
export function inventoryPatterns(settings: Settings): readonly vscode.GlobPattern[] {
  if (settings.inventoryPaths.length === 0) return found;
  return settings.inventoryPaths
    .map(absolute)
    .map((file) => new vscode.RelativePattern(vscode.Uri.file(path.dirname(file)), path.basename(file)));
}

async function searchWorkspace(): Promise<readonly string[]> {
  const uris = await vscode.workspace.findFiles(`{${found.join(',')}}`, excluded, filesAtMost);
  return uris
    .filter((uri) => uri.scheme === 'file')
    .map((uri) => uri.fsPath)
    .sort();
}

/** A relative path starts at the first workspace folder, `~` at the home folder. */
function absolute(file: string): string {
  if (file === '~' || file.startsWith('~/')) return path.join(os.homedir(), file.slice(1));
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return path.resolve(folder ?? os.homedir(), file);
}
