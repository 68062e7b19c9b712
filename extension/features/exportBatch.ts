import { join } from 'node:path';
import * as vscode from 'vscode';
import { type ExportFormat, formatFacts } from '../../core/export/formats.ts';
import type { ExportBatchResult } from '../../core/protocol/exports.ts';
import { formatBytes, plural, shortId } from '../../core/run/format.ts';
import { plainText } from '../model/plain.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { showRefusal } from './showRefusal.ts';

/** Formats in the order in which they are offered. */
const offered: readonly ExportFormat[] = ['html', 'csv', 'markdown', 'json', 'jsonl', 'junit', 'files'];

/** Asks for a format and a place, has the engine write the batch, or some of its nodes, there, and offers to open it. */
export async function exportBatch(link: EngineLink, batch: string, nodes?: readonly string[]): Promise<void> {
  const format = await pickFormat();
  const place = format && (await pickPlace(batch, format));
  if (!format || !place) return;
  const client = await link.client();
  const request = { batch, format, path: place.fsPath, overwrite: format !== 'files', nodes };
  const written = client.ok
    ? await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: 'Exporting results' },
        () => client.value.exportBatch(request),
      )
    : client;
  if (!written.ok) return showRefusal(written.error);
  await offerToOpen(format, written.value);
}

async function pickFormat(): Promise<ExportFormat | undefined> {
  const items = offered.map((format) => {
    const { title, detail } = formatFacts[format];
    return { label: title, description: detail, format };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Export Results As',
    // It stays while a panel that opens takes the focus.
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked?.format;
}

/** A file, about which the dialog asks before it is replaced; for files a folder in which a new one is made. */
async function pickPlace(batch: string, format: ExportFormat): Promise<vscode.Uri | undefined> {
  const name = `batch-${shortId(batch)}`;
  const start = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (format === 'files') {
    const [folder] =
      (await vscode.window.showOpenDialog({
        title: `Folder in Which ${name} Is Made`,
        openLabel: 'Export Here',
        canSelectFiles: false,
        canSelectFolders: true,
        ...(start && { defaultUri: start }),
      })) ?? [];
    return folder && vscode.Uri.joinPath(folder, name);
  }
  const { title, extension } = formatFacts[format];
  const file = `${name}.${extension}`;
  return vscode.window.showSaveDialog({
    title: 'Export Results',
    filters: { [title]: [extension] },
    ...(start && { defaultUri: vscode.Uri.joinPath(start, file) }),
  });
}

async function offerToOpen(
  format: ExportFormat,
  { path, bytes, executions }: ExportBatchResult,
): Promise<void> {
  const text = `${plural(executions, 'node')}, ${formatBytes(bytes)}: ${plainText(path)}`;
  const action = await vscode.window.showInformationMessage(text, 'Open', 'Reveal');
  if (action === 'Reveal') {
    await vscode.commands.executeCommand(
      isHere() ? 'revealFileInOS' : 'revealInExplorer',
      vscode.Uri.file(path),
    );
  }
  if (action !== 'Open') return;
  const uri = vscode.Uri.file(format === 'files' ? join(path, 'index.csv') : path);
  // A report is for a browser; VS Code would show its source.
  if (format === 'html' && isHere()) await vscode.env.openExternal(uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

/** Whether the file is on the computer that the window is on. */
function isHere(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}
