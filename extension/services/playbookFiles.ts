import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import type { PlaybookFile } from '../model/playbookRow.ts';
import { coalesce } from './coalesce.ts';
import type { EngineLink } from './engineLink.ts';
import { createPlaybookSummaries } from './playbookSummaries.ts';

/** Tasks and playbooks of the workspace. They are looked for when somebody asks, and watched from then on. */
export type PlaybookFiles = Disposable & {
  /** By their paths; the engine reads them, and what it has read not again until that changes. Throws where it does not. */
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
const settleMs = 250;

export function createPlaybookFiles(link: Pick<EngineLink, 'client'>): PlaybookFiles {
  const changed = new vscode.EventEmitter<void>();
  const summaries = createPlaybookSummaries(link);
  const tell = coalesce(settleMs, () => changed.fire());
  let found: Promise<readonly vscode.Uri[]> | undefined;
  let watching: Disposable | undefined;
  return {
    onDidChange: changed.event,
    async list() {
      watching ??= watch((uri, isOther) => {
        summaries.forget(uri.fsPath);
        if (isOther) found = undefined;
        tell();
      });
      found ??= findFiles();
      const uris = await found.catch((error: unknown) => {
        found = undefined;
        throw error;
      });
      const listed = uris.slice(0, mostFiles).map((uri) => ({
        file: uri.fsPath,
        path: vscode.workspace.asRelativePath(uri),
      }));
      const read = await summaries.of(listed.map(({ file }) => file));
      const files = listed.flatMap(({ path }, at) => (read[at] ? [{ ...read[at], path }] : []));
      return {
        files: files.toSorted((a, b) => a.path.localeCompare(b.path)),
        isCut: uris.length > mostFiles,
      };
    },
    refresh() {
      found = undefined;
      summaries.forgetAll();
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
