import * as vscode from 'vscode';
import { csvRow } from '../../core/export/csv.ts';
import { formatBytes, plural, shortId } from '../../core/run/format.ts';
import { plainText } from '../model/plain.ts';

/** Asks for a place and writes a table there, as CSV; the first row has the names of the columns. */
export async function saveTable(batch: string, rows: readonly (readonly string[])[]): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `batch-${shortId(batch)}-table.csv`;
  const uri = await vscode.window.showSaveDialog({
    title: 'Save Table',
    filters: { CSV: ['csv'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!uri) return;
  const bytes = Buffer.from(rows.map((row) => csvRow(row)).join(''));
  try {
    await vscode.workspace.fs.writeFile(uri, bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return void vscode.window.showErrorMessage(plainText(`The table was not saved: ${why}`));
  }
  const text = `${plural(rows.length - 1, 'record')}, ${formatBytes(bytes.length)}: ${uri.fsPath}`;
  if ((await vscode.window.showInformationMessage(plainText(text), 'Open')) === 'Open')
    await vscode.window.showTextDocument(uri);
}
