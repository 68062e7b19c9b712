import * as crypto from 'node:crypto';
import * as vscode from 'vscode';

/** Where scripts, styles and the icon font are. */
function panelFiles(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** What a page of ours may do: run its script, and load its own files. */
export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [panelFiles(extension)] };
}

/** A script in `dist/webview`, the element that it defines, and the batch that the page shows. */
export type WebviewPage = { readonly script: string; readonly element: string; readonly batch?: string };

/** The page around a script. It runs that script only, loads nothing from outside and has no inline code. */
export function webviewHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  { script, element, batch = '' }: WebviewPage,
): string {
  const files = panelFiles(extension);
  const nonce = crypto.randomBytes(16).toString('base64url');
  const at = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  const policy = [
    `default-src 'none'`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${at('codicon.css')}" id="vscode-codicon-stylesheet">
<title>Muster</title>
</head>
<body data-batch="${batch.replaceAll(/[^\w-]/g, '')}">
<${element}></${element}>
<script nonce="${nonce}" src="${at(script)}"></script>
</body>
</html>`;
}
