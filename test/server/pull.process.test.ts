import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-types';
import { nameOf } from '../../server/service/uris.ts';
import { type Session, startSession } from './session.ts';

type Report = { kind: 'full' | 'unchanged'; resultId: string; items?: Diagnostic[] };
type FileReport = Report & { uri: string; version: number | null };

const asking = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

describe('a client that asks for problems', () => {
  let folder = '';
  let uri = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-pull-')));
    uri = pathToFileURL(folder).href;
    writeFileSync(join(folder, 'fleet.inventory.yaml'), 'nodes:\n  web1:\n');
    writeFileSync(join(folder, 'p.playbook.yaml'), 'targets: wbe1\nsteps:\n  - run: uptime\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (session: Session, text: string): Promise<void> =>
    session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: {
        uri: `${uri}/fleet.inventory.yaml`,
        languageId: 'muster-inventory',
        version: 1,
        text,
      },
    });
  const ask = (session: Session, previousResultId?: string): Promise<Report> =>
    session.rpc.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: `${uri}/fleet.inventory.yaml` },
      ...(previousResultId !== undefined && { previousResultId }),
    });
  const askAll = async (
    session: Session,
    previousResultIds: readonly object[] = [],
  ): Promise<FileReport[]> => {
    const { items } = await session.rpc.sendRequest<{ items: FileReport[] }>('workspace/diagnostic', {
      previousResultIds,
    });
    return items;
  };
  const told = (reports: readonly FileReport[]): readonly string[] =>
    reports.map(
      ({ uri: file, kind, version, items = [] }) =>
        `${nameOf(file)} ${String(version)} ${kind} ${items.map(({ code }) => code).join()}`,
    );

  it('gets those of a document, in full or that they are the same, and none is sent to it', async () => {
    await using session = await startSession({ folder: uri, capabilities: asking });
    assert.deepEqual(session.capabilities['diagnosticProvider'], {
      identifier: 'muster',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    let isSent = false;
    session.rpc.onNotification('textDocument/publishDiagnostics', () => {
      isSent = true;
    });
    const again = new Promise<void>((resolve) =>
      session.rpc.onRequest('workspace/diagnostic/refresh', () => resolve()),
    );
    await open(session, 'nodes:\n  web1: { hsot: x }\n');
    const first = await ask(session);
    assert.deepEqual([first.kind, first.items?.map(({ code }) => code)], ['full', ['schema/unknown-key']]);
    assert.deepEqual(await ask(session, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    // Settings make them others, and the client is told to ask again.
    await session.rpc.sendNotification('workspace/didChangeConfiguration', {
      settings: { muster: { rules: { schema: 'off' } } },
    });
    await again;
    const second = await ask(session, first.resultId);
    assert.deepEqual([second.kind, second.items], ['full', []]);
    assert.equal(isSent, false);
  });

  it('gets those of all files of the workspace, open or not', async () => {
    await using session = await startSession({ folder: uri, capabilities: asking, program: 'muster' });
    await open(session, 'nodes:\n  web1: { hsot: x }\n');
    const all = await askAll(session);
    assert.deepEqual(told(all), [
      'fleet.inventory.yaml 1 full schema/unknown-key',
      'p.playbook.yaml null full SELECTION_UNKNOWN',
    ]);
    const known = all.map(({ uri: file, resultId }) => ({ uri: file, value: resultId }));
    assert.deepEqual(told(await askAll(session, known)), [
      'fleet.inventory.yaml 1 unchanged ',
      'p.playbook.yaml null unchanged ',
    ]);
  });

  it('that wants them sent, or does not know how to ask, gets them so', async () => {
    for (const options of [
      { capabilities: {} },
      { capabilities: asking, initializationOptions: { diagnostics: 'push' } },
    ]) {
      await using session = await startSession({ folder: uri, ...options });
      assert.equal(session.capabilities['diagnosticProvider'], undefined);
      await open(session, 'nodes:\n  web1: { hsot: x }\n');
      await session.published(({ diagnostics }) => diagnostics.length === 1);
    }
  });
});
