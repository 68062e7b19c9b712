import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hover, Location, SymbolInformation, WorkspaceEdit } from 'vscode-languageserver-types';
import { nameOf } from '../../server/service/uris.ts';
import { type Session, startSession } from './session.ts';

const play = 'targets: "@front"\nsteps:\n  - id: drain\n    run: echo {{ vars.port }}\n';

describe('the language server', () => {
  let folder = '';
  let uri = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-clients-')));
    uri = pathToFileURL(folder).href;
    for (const name of ['one', 'two']) {
      mkdirSync(join(folder, name));
      writeFileSync(
        join(folder, name, 'fleet.inventory.yaml'),
        `nodes: { ${name}1: }\ngroups: { front: ${name}1 }\n`,
      );
      writeFileSync(join(folder, name, 'p.playbook.yaml'), play);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (session: Session, path: string, text = play): Promise<void> =>
    session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri: `${uri}/${path}`, languageId: 'yaml', version: 1, text },
    });
  const at = (path: string, line: number, character: number) => ({
    textDocument: { uri: `${uri}/${path}` },
    position: { line, character },
  });

  it('says nothing to a poor client that it does not know', async () => {
    await using session = await startSession({ folder: uri });
    const { capabilities, rpc } = session;
    assert.deepEqual(
      ['codeActionProvider', 'codeLensProvider', 'diagnosticProvider'].filter((key) => key in capabilities),
      [],
    );
    assert.equal(capabilities['renameProvider'], true);
    assert.equal(capabilities['positionEncoding'], 'utf-16');
    await open(session, 'one/p.playbook.yaml');
    const ask = <T>(method: string, params: object): Promise<T> => rpc.sendRequest(method, params);
    const outline = await ask<SymbolInformation[]>(
      'textDocument/documentSymbol',
      at('one/p.playbook.yaml', 0, 0),
    );
    assert.deepEqual(
      outline.map(({ name, containerName, location }) => [name, containerName, location.range.start.line]),
      [['steps', undefined, 1], ['drain', 'steps', 2]],
    ); // prettier-ignore
    const offers = JSON.stringify(await ask('textDocument/completion', at('one/p.playbook.yaml', 4, 0)));
    assert.match(offers, /"label":"strategy"/);
    assert.doesNotMatch(offers, /\$\{?\d|insertTextFormat/);
    const renamed = await ask<WorkspaceEdit>('textDocument/rename', {
      ...at('one/p.playbook.yaml', 0, 12),
      newName: 'edge',
    });
    assert.deepEqual(Object.keys(renamed), ['changes']);
    assert.deepEqual(await ask('textDocument/inlayHint', {
      ...at('one/p.playbook.yaml', 0, 0), range: { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } },
    }), []); // prettier-ignore
  });

  it('writes plain text for one that shows no Markdown', async () => {
    const plaintext = { contentFormat: ['plaintext'] };
    await using session = await startSession({
      folder: uri,
      capabilities: { textDocument: { hover: plaintext } },
    });
    await open(session, 'one/p.playbook.yaml');
    const hover = await session.rpc.sendRequest<Hover>(
      'textDocument/hover',
      at('one/p.playbook.yaml', 0, 12),
    );
    assert.deepEqual(hover.contents, { kind: 'plaintext', value: 'Group front: 1 node\n\none1' });
  });

  it('counts columns in UTF-16, whatever else the client could', async () => {
    const general = { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] };
    await using session = await startSession({ folder: uri, capabilities: { general } });
    await open(
      session,
      'one/p.playbook.yaml',
      'name: "ä😀"\ntargets: "all" # ä😀\nvars: { "😀": 1, hsot: 2 }\nstpes: []\n',
    );
    const { diagnostics } = await session.published((each) => each.diagnostics.length > 1);
    const hsot = diagnostics.find(({ message }) => JSON.stringify(message).includes('hsot'));
    assert.deepEqual(hsot?.range, { start: { line: 2, character: 17 }, end: { line: 2, character: 21 } });
  });

  it('follows folders that come and go', async () => {
    const [one, two] = [`${uri}/one`, `${uri}/two`];
    const capabilities = { workspace: { workspaceFolders: true } };
    await using session = await startSession({ folders: [one], capabilities });
    const files = async (): Promise<readonly string[]> => {
      const found = await session.rpc.sendRequest<Location[] | SymbolInformation[]>('workspace/symbol', {
        query: 'front',
      });
      return found.map((each) => ('location' in each ? each.location.uri : each.uri).slice(uri.length + 1));
    };
    const change = (added: readonly string[], removed: readonly string[]): Promise<void> =>
      session.rpc.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: {
          added: added.map((each) => ({ uri: each, name: each })),
          removed: removed.map((each) => ({ uri: each, name: each })),
        },
      });
    assert.deepEqual(await files(), ['one/fleet.inventory.yaml']);
    await change([two], []);
    assert.deepEqual((await files()).toSorted(), ['one/fleet.inventory.yaml', 'two/fleet.inventory.yaml']);
    await change([], [one]);
    assert.deepEqual(await files(), ['two/fleet.inventory.yaml']);
  });

  it('follows files that are made, renamed and deleted', async () => {
    await using session = await startSession({ folder: uri });
    const files = async (): Promise<readonly string[]> => {
      const found = await session.rpc.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'edge' });
      return found.map(({ location }) => nameOf(location.uri));
    };
    const tell = (...changes: readonly { uri: string; type: number }[]): Promise<void> =>
      session.rpc.sendNotification('workspace/didChangeWatchedFiles', { changes });
    const [a, b] = ['a.inventory.yaml', 'b.inventory.yaml'] as const;
    assert.deepEqual(await files(), []);
    writeFileSync(join(folder, a), 'groups: { edge: }\n');
    await tell({ uri: `${uri}/${a}`, type: 1 });
    assert.deepEqual(await files(), [a]);
    renameSync(join(folder, a), join(folder, b));
    await tell({ uri: `${uri}/${a}`, type: 3 }, { uri: `${uri}/${b}`, type: 1 });
    assert.deepEqual(await files(), [b]);
    rmSync(join(folder, b));
    await tell({ uri: `${uri}/${b}`, type: 3 });
    assert.deepEqual(await files(), []);
  });

  it('looks at the disk when a document is saved, for a client that watches no files', async () => {
    await using session = await startSession({ folder: uri });
    const files = async (): Promise<readonly string[]> => {
      const found = await session.rpc.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'edge' });
      return found.map(({ location }) => nameOf(location.uri));
    };
    const save = (): Promise<void> =>
      session.rpc.sendNotification('textDocument/didSave', {
        textDocument: { uri: `${uri}/one/p.playbook.yaml` },
      });
    await open(session, 'one/p.playbook.yaml', 'steps: []\n');
    assert.deepEqual(await files(), []);
    writeFileSync(join(folder, 'a.inventory.yaml'), 'groups: { edge: }\n');
    await save();
    assert.deepEqual(await files(), ['a.inventory.yaml']);
    writeFileSync(join(folder, 'a.inventory.yaml'), 'groups: { core: }\n');
    await save();
    assert.deepEqual(await files(), []);
    writeFileSync(join(folder, 'a.inventory.yaml'), 'groups: { edge: }\n');
    await save();
    rmSync(join(folder, 'a.inventory.yaml'));
    await save();
    assert.deepEqual(await files(), []);
  });

  it('asks a client for its settings that says nothing of them, and again when they have changed', async () => {
    await using session = await startSession({
      folder: uri,
      capabilities: { workspace: { configuration: true } },
      begin: false,
    });
    let level = 'warning';
    session.rpc.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => (section === 'muster' ? { rules: { schema: level } } : null)),
    );
    await session.rpc.sendNotification('initialized', {});
    await open(session, 'one/p.playbook.yaml', 'stpes: []\n');
    await session.published(({ diagnostics }) => diagnostics[0]?.severity === 2);
    level = 'info';
    await session.rpc.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await session.published(({ diagnostics }) => diagnostics[0]?.severity === 3);
  });
});
