import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CallHierarchyItem,
  DocumentSymbol,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { nameOf } from '../../server/service/uris.ts';
import { hashedLine } from '../engine/transports/ssh/knownLines.ts';
import { type Session, startSession } from './session.ts';

const inventory = 'nodes:\n  web1: { tags: [web] }\n  db:\ngroups:\n  front: { nodes: web1 }\n';
const play =
  'targets: "@front,db"\nsteps:\n  - id: drain\n    run: x\n  - needs: drain\n    task: ./t.task.yaml\n';

describe('muster lsp --stdio on a folder', () => {
  let folder = '';
  let uri = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-lsp-')));
    uri = pathToFileURL(folder).href;
    writeFileSync(join(folder, 'fleet.inventory.yaml'), inventory);
    writeFileSync(join(folder, 't.task.yaml'), 'steps:\n  - run: echo\n');
    writeFileSync(join(folder, 'p.playbook.yaml'), play);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (session: Session, name: string, text: string): Promise<void> =>
    session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri: `${uri}/${name}`, languageId: 'muster-playbook', version: 1, text },
    });
  const at = (name: string, line: number, character: number) => ({
    textDocument: { uri: `${uri}/${name}` },
    position: { line, character },
  });
  const told = (locations: readonly Location[] | null): readonly string[] =>
    (locations ?? []).map(
      ({ uri: file, range }) => `${nameOf(file)} ${range.start.line}:${range.start.character}`,
    );

  it('finds definitions, references and symbols in files that nobody has opened', async () => {
    const trees = { documentSymbol: { hierarchicalDocumentSymbolSupport: true } };
    await using session = await startSession({
      program: 'muster',
      folder: uri,
      capabilities: { textDocument: trees },
    });
    await open(session, 'p.playbook.yaml', play);
    const definition = await session.rpc.sendRequest<Location[]>(
      'textDocument/definition',
      at('p.playbook.yaml', 0, 12),
    );
    assert.deepEqual(told(definition), ['fleet.inventory.yaml 4:2']);
    const task = await session.rpc.sendRequest<Location[]>(
      'textDocument/definition',
      at('p.playbook.yaml', 5, 14),
    );
    assert.deepEqual(told(task), ['t.task.yaml 0:0']);
    const references = await session.rpc.sendRequest<Location[]>('textDocument/references', {
      ...at('p.playbook.yaml', 0, 18),
      context: { includeDeclaration: true },
    });
    assert.deepEqual(told(references), ['fleet.inventory.yaml 2:2', 'p.playbook.yaml 0:17']);
    const symbols = await session.rpc.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'web' });
    assert.deepEqual(
      symbols.map(({ name, containerName }) => `${name} ${containerName}`),
      ['web1 fleet.inventory.yaml', 'web fleet.inventory.yaml'],
    );
    const outline = await session.rpc.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: `${uri}/p.playbook.yaml` },
    });
    assert.deepEqual(
      outline.flatMap(({ children = [] }) => children.map(({ name }) => name)),
      ['drain', 'task: ./t.task.yaml'],
    );
  });

  it('walks the call hierarchy with items that a client sends back', async () => {
    await using session = await startSession({ folder: uri });
    await open(session, 'p.playbook.yaml', play);
    const [step] = await session.rpc.sendRequest<CallHierarchyItem[]>(
      'textDocument/prepareCallHierarchy',
      at('p.playbook.yaml', 2, 10),
    );
    const calls = await session.rpc.sendRequest<{ from: CallHierarchyItem }[]>(
      'callHierarchy/incomingCalls',
      {
        item: step,
      },
    );
    assert.deepEqual(
      calls.map(({ from }) => from.name),
      ['task: ./t.task.yaml'],
    );
  });

  it('renames in the form that the client can take, and says why it does not', async () => {
    const workspaceEdit = { documentChanges: true, changeAnnotationSupport: {} };
    for (const capabilities of [{}, { workspace: { workspaceEdit } }]) {
      await using session = await startSession({ folder: uri, capabilities });
      await open(session, 'p.playbook.yaml', play);
      const edit = await session.rpc.sendRequest<WorkspaceEdit>('textDocument/rename', {
        ...at('p.playbook.yaml', 0, 12),
        newName: 'edge',
      });
      const isRich = 'workspace' in capabilities;
      assert.equal(edit.changeAnnotations !== undefined, isRich);
      const files = isRich
        ? (edit.documentChanges ?? []).map((each) => ('textDocument' in each ? each.textDocument.uri : ''))
        : Object.keys(edit.changes ?? {});
      assert.deepEqual(files.map(nameOf), ['fleet.inventory.yaml', 'p.playbook.yaml']);
      const taken = session.rpc.sendRequest('textDocument/rename', {
        ...at('p.playbook.yaml', 0, 12),
        newName: 'web1',
      });
      await assert.rejects(taken, /There is a node “web1” already/);
    }
  });

  it('follows files on the disk, and what the engine knows of other sources', async () => {
    await using session = await startSession({ folder: uri });
    await open(session, 'p.playbook.yaml', play);
    const find = (): Promise<Location[]> =>
      session.rpc.sendRequest('textDocument/definition', at('p.playbook.yaml', 0, 18));
    assert.deepEqual(told(await find()), ['fleet.inventory.yaml 2:2']);
    writeFileSync(join(folder, 'fleet.inventory.yaml'), 'groups: { front: }\n');
    await session.rpc.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${uri}/fleet.inventory.yaml`, type: 2 }],
    });
    assert.deepEqual(told(await find()), []);
    const origin = { source: '/srv/hosts.ini', range: { start: 0, end: 2, line: 7, column: 1 } };
    const connection = { transport: 'ssh', host: 'db', port: 22, jump: [], identityFiles: [], auth: [] };
    const node = {
      name: 'db',
      tags: [],
      vars: {},
      facts: {},
      connection,
      origin,
      sources: ['/srv/hosts.ini'],
    };
    const snapshot = { nodes: [node], groups: [], sources: ['/srv/hosts.ini'] };
    await session.rpc.sendNotification('inventory/snapshot', { ...snapshot, nodes: 'none' });
    await session.rpc.sendNotification('inventory/snapshot', snapshot);
    assert.deepEqual(told(await find()), ['hosts.ini 6:0']);
  });

  describe('shows which host keys of a node are known', () => {
    const hosts = 'defaults: { knownHosts: ./known }\nnodes:\n  web1: { port: 2200 }\n';
    const hovered = async (session: Session): Promise<string> => {
      const textDocument = {
        uri: `${uri}/h.inventory.yaml`,
        languageId: 'muster-inventory',
        version: 1,
        text: hosts,
      };
      await session.rpc.sendNotification('textDocument/didOpen', { textDocument });
      const hover = await session.rpc.sendRequest('textDocument/hover', at('h.inventory.yaml', 2, 3));
      return JSON.stringify(hover);
    };

    it('as muster lsp finds them, behind hashed names too', async () => {
      writeFileSync(join(folder, 'known'), `${hashedLine('[web1]:2200')}\n`);
      await using session = await startSession({ program: 'muster', folder: uri });
      assert.match(await hovered(session), /Known host keys.*ssh-ed25519.*SHA256:/);
    });

    it('as the host says that can be asked, and as nobody else', async () => {
      const key = { type: 'ssh-rsa', fingerprint: 'SHA256:abc', kind: 'plain', file: '/k', line: 3 };
      for (const [hostKeys, isShown] of [
        [true, true],
        [false, false],
      ]) {
        await using session = await startSession({ folder: uri, initializationOptions: { hostKeys } });
        const asked: unknown[] = [];
        session.rpc.onRequest('inventory/hostKeys', (query) => (asked.push(query), [key]));
        assert.equal((await hovered(session)).includes('SHA256:abc'), isShown);
        assert.deepEqual(
          asked,
          isShown ? [{ host: 'web1', port: 2200, files: [join(folder, 'known')] }] : [],
        );
      }
    });

    it('and goes without where the host fails', async () => {
      await using session = await startSession({ folder: uri, initializationOptions: { hostKeys: true } });
      session.rpc.onRequest('inventory/hostKeys', () => ({ odd: true }));
      assert.match(await hovered(session), /Node web1/);
    });
  });

  it('ends with 0 when it is asked to', async () => {
    await using session = await startSession({ program: 'muster', folder: uri });
    await session.rpc.sendRequest('shutdown');
    await session.rpc.sendNotification('exit');
    assert.equal(await session.ended, 0);
  });
});
