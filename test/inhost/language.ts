import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { demoFolder, eventually } from './window.ts';

describe('the language server of a window', () => {
  const path = (): string => join(demoFolder(), 'kept.playbook.yaml');
  const attach = async (value: boolean | undefined): Promise<void> =>
    vscode.workspace
      .getConfiguration('muster')
      .update('languageServer.attachToYaml', value, vscode.ConfigurationTarget.Workspace);
  const codes = (): readonly unknown[] =>
    vscode.languages
      .getDiagnostics(vscode.Uri.file(path()))
      .map(({ code }) => (typeof code === 'object' ? code.value : code));

  after(async () => {
    await attach(undefined);
    rmSync(path(), { force: true });
  });

  it('tells of files of ours, and of those that stay YAML where a setting wants it', async () => {
    writeFileSync(path(), 'targets: all\nsteps:\n  - rnu: uptime\n');
    const document = await vscode.workspace.openTextDocument(path());
    assert.equal(document.languageId, 'muster-playbook');
    await eventually(codes, (found) => found.includes('schema/unknown-key'));
    await vscode.languages.setTextDocumentLanguage(document, 'yaml');
    await eventually(codes, (found) => found.length === 0);
    await attach(true);
    await eventually(codes, (found) => found.includes('schema/unknown-key'));
    await attach(false);
    await eventually(codes, (found) => found.length === 0);
  });
});
