import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { describePlaybook, kindOf, type PlaybookFile } from '../model/playbookFile.ts';
import { coalesce } from './coalesce.ts';

/** Tasks and playbooks of the workspace. They are looked for when somebody asks, and watched from then on. */
export type PlaybookFiles = Disposable & {
  /** By their paths; what was read before is not read again until it changes. */
  list(): Promise<PlaybookList>;
  /** Looks for all of them anew. */
  refresh(): void;
  readonly onDidChange: vscode.Event<void>;
};

export type PlaybookList = { readonly files: readonly PlaybookFile[]; readonly isCut: boolean };

const pattern = '**/*.{playbook,task}.yaml';
/** What is installed or made is not what a person runs. */
export const otherFolders = '**/{node_modules,.git,dist,out,.venv,venv}/**';
/** Most files that are listed. */
const mostFiles = 1000;
/** Most bytes of a file that is looked into. */
const mostBytes = 1_048_576;
const settleMs = 250;

export function createPlaybookFiles(): PlaybookFiles {
  const changed = new vscode.EventEmitter<void>();
  const read = new Map<string, Promise<PlaybookFile | undefined>>();
  const tell = coalesce(settleMs, () => changed.fire());
  let found: Promise<readonly vscode.Uri[]> | undefined;
  let watching: Disposable | undefined;
  const entry = (uri: vscode.Uri): Promise<PlaybookFile | undefined> => {
    const reading = read.get(uri.toString()) ?? readEntry(uri);
    read.set(uri.toString(), reading);
    return reading;
  };
  return {
    onDidChange: changed.event,
    async list() {
      watching ??= watch((uri, isOther) => {
        read.delete(uri.toString());
        if (isOther) found = undefined;
        tell();
      });
      found ??= findFiles();
      const uris = await found.catch((error: unknown) => {
        found = undefined;
        throw error;
      });
      const files = await Promise.all(uris.slice(0, mostFiles).map(entry));
      const known = files.flatMap((file) => file ?? []);
      return {
        files: known.toSorted((a, b) => a.path.localeCompare(b.path)),
        isCut: uris.length > mostFiles,
      };
    },
    refresh() {
      found = undefined;
      read.clear();
      changed.fire();
    },
    dispose() {
      watching?.dispose();
      tell.dispose();
      changed.dispose();
    },
  };
}

async function findFiles(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(pattern, otherFolders, mostFiles + 1);
  return found.filter(({ scheme }) => scheme === 'file');
}

/** `isOther` says that a file came or went. */
function watch(changed: (uri: vscode.Uri, isOther: boolean) => void): Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange((uri) => changed(uri, false)),
    watcher.onDidCreate((uri) => changed(uri, true)),
    watcher.onDidDelete((uri) => changed(uri, true)),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      [...added, ...removed].forEach(({ uri }) => changed(uri, true)),
    ),
  );
}

/** Undefined where the file is gone again. */
async function readEntry(uri: vscode.Uri): Promise<PlaybookFile | undefined> {
  const file = { file: uri.fsPath, path: vscode.workspace.asRelativePath(uri) };
  const kind = kindOf(uri.path);
  if (!kind) return undefined;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > mostBytes) return { ...file, kind, problems: 1, problem: 'It is larger than 1 MB.' };
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return describePlaybook({ ...file, kind }, text);
  } catch {
    return undefined;
  }
}
