import * as vscode from 'vscode';
import { languageOfModeline, likelyLanguage } from '../../core/schema/languages.ts';
import type { CommandId } from '../commandIds.ts';
import { indexedFiles } from '../settings.ts';

/** Characters of a text in which its kind is looked for. */
const looked = 20_000;
const titles: Readonly<Record<string, string>> = {
  'muster-inventory': 'inventory',
  'muster-playbook': 'playbook',
  'muster-task': 'task',
  'muster-policy': 'policy',
};

/**
 * Of YAML files whose names do not say it: what a setting or their first line says to be ours becomes ours, once; what
 * only looks like it is offered, in the status of the language. Nobody's file changes its language by itself.
 */
export function offerLanguage(): vscode.Disposable {
  const switched = new Set<string>();
  let offer: vscode.LanguageStatusItem | undefined;
  const consider = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    if (document.languageId !== 'yaml' || document.uri.scheme !== 'file' || switched.has(key)) return;
    const language = configured(document) ?? languageOfModeline(textOf(document));
    if (language === undefined) return;
    // Whoever takes it back is not asked again.
    switched.add(key);
    void vscode.languages.setTextDocumentLanguage(document, language);
  };
  const show = (document: vscode.TextDocument | undefined): void => {
    offer?.dispose();
    const language = document?.languageId === 'yaml' ? likelyLanguage(textOf(document)) : undefined;
    const kind = language === undefined ? undefined : titles[language];
    offer =
      document && language !== undefined && kind !== undefined
        ? itemFor(document, language, kind)
        : undefined;
  };
  vscode.workspace.textDocuments.forEach(consider);
  show(vscode.window.activeTextEditor?.document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => {
      consider(document);
      if (document === vscode.window.activeTextEditor?.document) show(document);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => show(editor?.document)),
    { dispose: () => offer?.dispose() },
  );
}

/** Takes the file in front, or the one that is named, for a file of ours. */
export async function useLanguage([uri, language]: readonly unknown[]): Promise<void> {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  if (document && typeof language === 'string')
    await vscode.languages.setTextDocumentLanguage(document, language);
}

function itemFor(document: vscode.TextDocument, language: string, kind: string): vscode.LanguageStatusItem {
  const folder = vscode.Uri.joinPath(document.uri, '..');
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1).replaceAll(/[*?{}[\]]/g, '?');
  const selector = { language: 'yaml', pattern: new vscode.RelativePattern(folder, name) };
  const item = vscode.languages.createLanguageStatusItem('muster.language', selector);
  const command: CommandId = 'muster.useLanguage';
  item.name = 'Muster';
  item.text = `Looks like a Muster ${kind}`;
  item.command = { title: 'Use as Such', command, arguments: [document.uri.toString(), language] };
  return item;
}

/** What the setting `muster.index.files` says of a file; the last pattern that fits counts. */
function configured(document: vscode.TextDocument): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (!folder) return undefined;
  const fits = (pattern: string): boolean => {
    const glob = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
    return vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob) }, document) > 0;
  };
  const [, kind] = indexedFiles().findLast(([pattern]) => fits(pattern)) ?? [];
  return kind === undefined || kind === 'none' ? undefined : `muster-${kind}`;
}

function textOf(document: vscode.TextDocument): string {
  const end = document.positionAt(looked);
  return document.getText(new vscode.Range(new vscode.Position(0, 0), end));
}
