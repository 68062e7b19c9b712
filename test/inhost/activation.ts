import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../extension/commandIds.ts';
import { muster } from './window.ts';

describe('activation', () => {
  it('starts no engine and opens no socket', async () => {
    await muster().activate();
    const runtime = process.env['XDG_RUNTIME_DIR'];
    if (process.platform !== 'linux' || !runtime) return;
    const folder = join(runtime, 'muster');
    assert.deepEqual(existsSync(folder) ? readdirSync(folder) : [], []);
  });

  it('registers every command of its table', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      commandIds.filter((id) => !registered.has(id)),
      [],
    );
  });

  it('declares what Restricted Mode leaves of it', () => {
    assert.equal(muster().packageJSON.capabilities.untrustedWorkspaces.supported, 'limited');
  });
});
