import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { api, demoFolder, demoSources, eventually } from './window.ts';

describe('the inventory of a window', () => {
  const extra = (): string => join(demoFolder(), 'more.hosts');
  after(async () => {
    await useSources([]);
    rmSync(extra(), { force: true });
    await vscode.commands.executeCommand('muster.clearSelection');
  });

  it('has the folder as a local node, which no expression with all means', async () => {
    const muster = await api();
    const { nodes } = await muster.inventory();
    const local = nodes.filter(({ connection }) => connection.transport === 'local');
    assert.deepEqual(
      local.map(({ connection }) => connection.cwd),
      [demoFolder()],
    );
    const sources = [...demoSources(), { type: 'folders', path: demoFolder() } as const];
    const all = await (await muster.engine()).resolve({ sources, selection: 'all' });
    assert.deepEqual(
      all.nodes,
      nodes.filter((node) => !local.includes(node)).map(({ name }) => name),
    );
  });

  it('ticks all but this computer, none, and all others', async () => {
    const muster = await api();
    await vscode.commands.executeCommand('muster.selectAll');
    const all = muster.ticked();
    assert.equal(all.length, (await muster.inventory()).nodes.length - 1);
    await vscode.commands.executeCommand('muster.clearSelection');
    assert.deepEqual(muster.ticked(), []);
    muster.tick(['api01']);
    await vscode.commands.executeCommand('muster.invertSelection');
    assert.deepEqual(
      muster.ticked(),
      all.filter((name) => name !== 'api01'),
    );
  });

  it('reads what the settings name beside what it found, and reads it again when it changes', async () => {
    const muster = await api();
    const names = async () => (await muster.inventory()).nodes.map(({ name }) => name);
    writeFileSync(extra(), 'extra1\n');
    await useSources(['hosts:more.hosts']);
    await eventually(names, (all) => all.includes('extra1') && all.includes('api01'));
    writeFileSync(extra(), 'extra1\nextra2\n');
    await eventually(names, (all) => all.includes('extra2'));
    await useSources([]);
    await eventually(names, (all) => !all.includes('extra1'));
  });

  it('opens a page of a node that nobody can write', async () => {
    await vscode.commands.executeCommand('muster.openNodePage', row('api01'));
    const document = await eventually(
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'muster-node'),
      (found) => found !== undefined,
    );
    const text = document?.getText() ?? '';
    assert.match(text, /^api01\n=====\n/);
    assert.match(text, /^host = 127\.0\.0\.\d+ {2}\(node, \.muster\/inventory\.yaml:\d+\)$/m);
    assert.match(text, /^site > api$/m);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('muster-node'), undefined);
  });

  it('opens a terminal with ssh and its arguments apart, and a shell in the folder of a local node', async () => {
    const local = (await (await api()).inventory()).nodes.find(
      ({ connection }) => connection.transport === 'local',
    );
    assert.ok(local);
    const before = new Set(vscode.window.terminals);
    await vscode.commands.executeCommand('muster.openTerminal', row('api01'));
    await vscode.commands.executeCommand('muster.openTerminal', row(local.name));
    const opened = vscode.window.terminals.filter((terminal) => !before.has(terminal));
    const [ssh, shell] = opened.map(({ creationOptions }) => creationOptions);
    opened.forEach((terminal) => terminal.dispose());
    assert.ok(ssh && shell && 'shellPath' in ssh && 'cwd' in shell);
    assert.equal(ssh.shellPath, 'ssh');
    assert.ok(Array.isArray(ssh.shellArgs));
    assert.deepEqual(ssh.shellArgs.slice(0, 4), ['-p', ssh.shellArgs[1], '-l', 'demo']);
    assert.deepEqual(ssh.shellArgs.at(-2), '--');
    assert.equal(String(shell.cwd), demoFolder());
  });
});

async function useSources(sources: readonly string[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration('muster');
  const target = vscode.ConfigurationTarget.Workspace;
  await settings.update('inventory.sources', sources.length > 0 ? sources : undefined, target);
}

/** A row of the tree, as VS Code passes it to a command of its menu. */
function row(label: string): { kind: string; label: string; nodes: readonly string[] } {
  return { kind: 'node', label, nodes: [label] };
}
