import * as crypto from 'node:crypto';
import * as vscode from 'vscode';

/** Where the panel's script, style and icon font are. */
export function panelFiles(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** The page around the panel's script. It runs that script only, loads nothing from outside and has no inline code. */
export function panelHtml(webview: vscode.Webview, files: vscode.Uri, batch: string): string {
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
<muster-run-panel></muster-run-panel>
<script nonce="${nonce}" src="${at('panel.js')}"></script>
</body>
</html>`;
}
