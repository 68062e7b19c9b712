import * as vscode from 'vscode';
import type { ToNewRun } from '../../../core/protocol/newRun.ts';
import type { FileKind, FileList } from '../../../core/protocol/newRunFiles.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { otherFolders, type PlaybookFiles } from '../../services/playbookFiles.ts';

const scripts = '**/*.{sh,bash,zsh,ksh,fish,py,pl,rb,ps1,awk,tcl}';
/** Most scripts that are listed. */
const mostScripts = 1000;

/** The files of the workspace that can be run, or why they could not be looked for. */
export async function listFiles(kind: FileKind, playbooks: PlaybookFiles): Promise<ToNewRun> {
  try {
    const list = kind === 'script' ? await scriptList() : await playbookList(kind, playbooks);
    return { type: 'files', kind, list };
  } catch (error) {
    return { type: 'filesFailed', kind, message: `The workspace could not be searched: ${messageOf(error)}` };
  }
}

async function playbookList(kind: 'task' | 'playbook', playbooks: PlaybookFiles): Promise<FileList> {
  const { files, isCut } = await playbooks.list();
  return { files: files.filter((each) => each.kind === kind), isCut };
}

async function scriptList(): Promise<FileList> {
  const found = await vscode.workspace.findFiles(scripts, otherFolders, mostScripts + 1);
  const files = found
    .filter(({ scheme }) => scheme === 'file')
    .map((uri) => ({ file: uri.fsPath, path: vscode.workspace.asRelativePath(uri), problems: 0 }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
  return { files: files.slice(0, mostScripts), isCut: files.length > mostScripts };
}
