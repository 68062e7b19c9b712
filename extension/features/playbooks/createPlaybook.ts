import * as vscode from 'vscode';

const first = `version: 1
name: My first playbook
# Which nodes: names, @group, tag:web. Without this line it runs on what is ticked.
# targets: '@web'
steps:
  - id: uptime
    run: uptime
`;

/** Opens a playbook to go on with; it is a file once it is saved. */
export async function createPlaybook(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'muster-playbook', content: first });
  await vscode.window.showTextDocument(document);
}
