import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keyFileState } from '../../server/index/keyFiles.ts';
import { startSession } from './session.ts';

describe('a key file of this machine', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'muster-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, mode: number): void => {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), mode);
  };
  const state = (path: string) => keyFileState(pathToFileURL(join(folder, path)).href);

  it('is missing where its folder is here, and it and its public key are not', () => {
    write('agent.pub', 0o644);
    assert.equal(state('id'), 'missing');
    assert.equal(state('agent'), undefined);
    assert.equal(state('nowhere/id'), undefined);
  });

  it('is open where others than its user may do anything with it', () => {
    for (const mode of [0o644, 0o640, 0o620, 0o601]) {
      write('id', mode);
      assert.equal(state('id'), 'open', mode.toString(8));
    }
    for (const mode of [0o600, 0o400]) {
      write('id', mode);
      assert.equal(state('id'), undefined, mode.toString(8));
    }
    write('id.pub', 0o644);
    assert.equal(state('id.pub'), undefined);
    assert.equal(state('.'), undefined);
  });

  it('is not looked for on other machines', () => {
    for (const place of ['file://server/share/id', 'vscode-vfs://github/o/r/id', '~bob/id', 'file:///%00'])
      assert.equal(keyFileState(place), undefined, place);
  });

  it('is looked at outside of the workspace where that is trusted, and no sooner', async () => {
    write('id', 0o644);
    const uri = 'file:///elsewhere/fleet.inventory.yaml';
    const text = `nodes:\n  a: { identityFile: ${join(folder, 'id')} }\n`;
    await using session = await startSession({ initializationOptions: { isTrusted: false } });
    await session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'muster-inventory', version: 1, text },
    });
    const first = await session.published((params) => params.uri === uri);
    assert.deepEqual(first.diagnostics, []);
    await session.rpc.sendNotification('workspace/trusted');
    const { diagnostics } = await session.published((params) => params.diagnostics.length > 0);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['inventory/key-file'],
    );
  });
});
