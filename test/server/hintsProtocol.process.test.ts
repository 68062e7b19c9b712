import assert from 'node:assert/strict';
import type { InlayHint } from 'vscode-languageserver-types';
import { type Session, startSession } from './session.ts';

const playbook = 'file:///fleet/a.playbook.yaml';
const inventory = 'file:///fleet/fleet.inventory.yaml';

describe('hints of muster lsp --stdio', () => {
  const open = async (session: Session): Promise<void> => {
    const texts = [
      [inventory, 'muster-inventory', 'nodes:\n  web[1-3]:\n'],
      [playbook, 'muster-playbook', 'targets: web*\ntimeout: 5m\nsteps:\n  - run: x\n'],
    ] as const;
    for (const [uri, languageId, text] of texts)
      await session.rpc.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
  };
  const labels = async ({ rpc }: Session): Promise<readonly unknown[]> => {
    const hints = await rpc.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: playbook },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    return hints.map(({ label }) => label);
  };
  const capabilities = {
    workspace: { inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true } },
  };
  /** Settles once the client has been told that all of these may be others now. */
  const told = ({ rpc }: Session, methods: readonly string[]): Promise<unknown> =>
    Promise.all(
      methods.map((method) => new Promise((resolve) => rpc.onRequest(method, () => resolve(null)))),
    );

  it('count the nodes of all inventories where the client runs on those, and else of those near the file', async () => {
    for (const [options, counted] of [
      [{ inventories: 'together' }, '4 nodes'],
      [{}, '3 nodes'],
    ] as const) {
      await using session = await startSession({ initializationOptions: options });
      await session.rpc.sendNotification('textDocument/didOpen', {
        textDocument: {
          uri: 'file:///other/more.inventory.yaml',
          languageId: 'muster-inventory',
          version: 1,
          text: 'nodes:\n  web4:\n',
        },
      });
      await open(session);
      assert.deepEqual(await labels(session), [counted, 'timeout 5m']);
    }
  });

  it('are those that the settings want, and the client is told when these have changed', async () => {
    await using session = await startSession({ program: 'muster', capabilities });
    await open(session);
    assert.deepEqual(await labels(session), ['3 nodes', 'timeout 5m']);
    for (const [inlayHints, left] of [
      [{ nodes: false }, ['timeout 5m']],
      [{ inherited: false }, ['3 nodes']],
    ] as const) {
      const again = told(session, ['workspace/inlayHint/refresh']);
      await session.rpc.sendNotification('workspace/didChangeConfiguration', {
        settings: { muster: { inlayHints } },
      });
      await again;
      assert.deepEqual(await labels(session), left);
    }
  });

  it('are asked for again when an inventory has changed, and so are lenses', async () => {
    await using session = await startSession({ capabilities, initializationOptions: { commands: true } });
    await open(session);
    await session.published(({ uri }) => uri === playbook);
    const again = told(session, ['workspace/inlayHint/refresh', 'workspace/codeLens/refresh']);
    await session.rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri: inventory, version: 2 },
      contentChanges: [{ text: 'nodes:\n  web[1-9]:\n' }],
    });
    await again;
    assert.deepEqual(await labels(session), ['9 nodes', 'timeout 5m']);
  });
});
