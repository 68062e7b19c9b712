import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startSession } from './session.ts';

const inventory = 'nodes:\n  web[1-3]: { tags: [web] }\n  db:\ngroups:\n  front: { nodes: "web[1-2]" }\n';
const task =
  'params: { service: { type: string } }\nsteps:\n  - run: systemctl restart {{ params.service }}\n';
const playbook = `name: Restart
vars: { port: 80 }
targets: "@front,db"
timeout: 30s
steps:
  - id: drain
    run: echo {{ vars.port }} && sleep 1
  - id: restart
    needs: [drain]
    task: ./t.task.yaml
    with: { service: app }
  - id: check
    rnu: uptime
  - run: uptime
`;

/** What a client that knows everything says of itself. */
const capabilities = {
  workspace: {
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create'],
      changeAnnotationSupport: {},
    },
    workspaceFolders: true,
  },
  textDocument: {
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    completion: { completionItem: { snippetSupport: true } },
    diagnostic: {},
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
};

type Asked = { readonly params: object; readonly says: RegExp };
type Call = readonly [capability: string, method: string, asked: Asked];

describe('every capability that the server announces', function () {
  let folder = '';
  let uri = '';
  let text = '';
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-every-')));
    text = pathToFileURL(folder).href;
    uri = `${text}/p.playbook.yaml`;
    writeFileSync(join(folder, 'fleet.inventory.yaml'), inventory);
    writeFileSync(join(folder, 't.task.yaml'), task);
    writeFileSync(join(folder, 'p.playbook.yaml'), playbook);
  });
  after(() => rmSync(folder, { recursive: true }));

  const whole = { start: { line: 0, character: 0 }, end: { line: 14, character: 0 } };
  const of = (says: RegExp, more: object = {}): Asked => ({
    params: { textDocument: { uri }, ...more },
    says,
  });
  const at = (place: string, says: RegExp, more: object = {}): Asked => {
    const [line = 0, character = 0] = place.split(':').map(Number);
    return of(says, { position: { line, character }, ...more });
  };
  const action = (place: string, kind: string, says: RegExp): Asked => {
    const { position } = at(place, says).params as { position: object };
    return of(says, {
      range: { start: position, end: position },
      context: { diagnostics: [], only: [kind] },
    });
  };
  const options = { tabSize: 2, insertSpaces: true };
  const step = (): object => ({
    item: { name: 'drain', kind: 12, uri, range: whole, selectionRange: {
      start: { line: 5, character: 8 }, end: { line: 5, character: 13 } }, data: { step: ['steps', 0] } },
  }); // prettier-ignore

  /** At least one call for each of them; what the answer says, as JSON. */
  const calls = (): readonly Call[] => [
    ['callHierarchyProvider', 'textDocument/prepareCallHierarchy', at('5:9', /"name":"drain"/)],
    ['callHierarchyProvider', 'callHierarchy/incomingCalls', { params: step(), says: /"name":"restart"/ }],
    ['callHierarchyProvider', 'callHierarchy/outgoingCalls', { params: step(), says: /^\[\]$/ }],
    ['codeActionProvider', 'textDocument/codeAction', action('12:5', 'quickfix', /Change to \\"run\\"/)],
    ['codeActionProvider.quickfix', 'textDocument/codeAction', action('12:5', 'quickfix', /"kind":"quickfix"/)],
    ['codeActionProvider.refactor.extract', 'textDocument/codeAction', action('13:10', 'refactor.extract', /Move the command into .*"kind":"create"/)],
    ['codeActionProvider.refactor.inline', 'textDocument/codeAction', action('1:9', 'refactor.inline', /"kind":"refactor.inline"/)],
    ['codeActionProvider.refactor.rewrite', 'textDocument/codeAction', action('6:10', 'refactor.rewrite', /below \|/)],
    ['codeActionProvider.source', 'textDocument/codeAction', action('0:0', 'source', /source.fixAll.muster/)],
    ['codeActionProvider.source.fixAll.muster', 'textDocument/codeAction', action('0:0', 'source.fixAll', /"newText":"run"/)],
    ['codeLensProvider', 'textDocument/codeLens', of(/Run on 3 nodes.*Dry Run.*Run on Ticked Nodes/)],
    ['completionProvider', 'textDocument/completion', at('2:11', /"label":"@front"/)],
    ['completionProvider.resolveProvider', 'completionItem/resolve', {
      params: { label: 'front', data: { type: 'group', name: 'front' } }, says: /`web\[1-2\]`/ }],
    ['definitionProvider', 'textDocument/definition', at('2:12', /fleet.inventory.yaml.*"line":4/)],
    ['diagnosticProvider', 'textDocument/diagnostic', of(/schema\/unknown-key/)],
    ['diagnosticProvider.interFileDependencies', 'textDocument/diagnostic', of(/"kind":"full"/)],
    ['diagnosticProvider.workspaceDiagnostics', 'workspace/diagnostic', {
      params: { previousResultIds: [] }, says: /fleet.inventory.yaml.*p.playbook.yaml.*t.task.yaml/ }],
    ['documentFormattingProvider', 'textDocument/formatting', of(/^\[\]$/, { options })],
    ['documentHighlightProvider', 'textDocument/documentHighlight', at('5:9', /"line":5.*"line":8/)],
    ['documentLinkProvider', 'textDocument/documentLink', of(/t.task.yaml/)],
    ['documentOnTypeFormattingProvider', 'textDocument/onTypeFormatting', at('14:0', /^(?:\[.*\]|null)$/, { ch: '\n', options })],
    ['documentSymbolProvider', 'textDocument/documentSymbol', of(/"name":"steps".*"name":"drain"/)],
    ['executeCommandProvider', 'workspace/executeCommand', { params: { command: 'none' }, says: /"code":-32803/ }],
    ['executeCommandProvider.playbook.plan', 'workspace/executeCommand', {
      params: { command: 'playbook.plan', arguments: [{ uri }] }, says: /"version":1,/ }],
    ['foldingRangeProvider', 'textDocument/foldingRange', of(/"startLine":4/)],
    ['hoverProvider', 'textDocument/hover', at('2:12', /`web\[1-2\]`/)],
    ['implementationProvider', 'textDocument/implementation', at('2:12', /fleet.inventory.yaml.*"line":1/)],
    ['inlayHintProvider', 'textDocument/inlayHint', of(/3 nodes/, { range: whole })],
    ['linkedEditingRangeProvider', 'textDocument/linkedEditingRange', at('5:9', /"line":5.*"line":8/)],
    ['referencesProvider', 'textDocument/references', at('5:9', /"line":8/, { context: { includeDeclaration: false } })],
    ['renameProvider', 'textDocument/rename', at('2:12', /"newText":"edge".*"newText":"edge"/, { newName: 'edge' })],
    ['renameProvider.prepareProvider', 'textDocument/prepareRename', at('2:12', /"placeholder":"front"/)],
    ['selectionRangeProvider', 'textDocument/selectionRange', of(/"parent"/, { positions: [{ line: 5, character: 9 }] })],
    ['semanticTokensProvider', 'textDocument/semanticTokens/full', of(/"resultId":"\d+","data":\[\d/)],
    ['semanticTokensProvider.full', 'textDocument/semanticTokens/full', of(/"data":\[\d/)],
    ['semanticTokensProvider.full.delta', 'textDocument/semanticTokens/full/delta', of(/"data":\[\d/, { previousResultId: 'none' })],
    ['semanticTokensProvider.range', 'textDocument/semanticTokens/range', of(/"data":\[\d/, { range: whole })],
    ['typeDefinitionProvider', 'textDocument/typeDefinition', at('2:18', /^(?:\[.*\]|null)$/)],
    ['workspaceSymbolProvider', 'workspace/symbol', { params: { query: 'front' }, says: /fleet.inventory.yaml/ }],
  ]; // prettier-ignore

  /** Notifications, and what other tests of the protocol are about. */
  const heard = [
    'positionEncoding',
    'textDocumentSync',
    'workspace',
    'workspace.workspaceFolders',
    'workspace.workspaceFolders.changeNotifications',
    'workspace.workspaceFolders.supported',
  ];

  it('is called here, and answers', async () => {
    await using session = await startSession({
      program: 'muster',
      folder: text,
      capabilities,
      initializationOptions: { commands: true },
    });
    await session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text: playbook },
    });
    const wrong: string[] = [];
    for (const [capability, method, { params, says }] of calls()) {
      const answer = JSON.stringify(
        await session.rpc.sendRequest<unknown>(method, params).catch((error: unknown) => error),
      );
      if (!says.test(answer)) wrong.push(`${capability}: ${method} said ${answer.slice(0, 300)}`);
    }
    assert.deepEqual(wrong, []);
    const known = [...heard, ...calls().map(([capability]) => capability)];
    assert.deepEqual(announced(session.capabilities).toSorted(), [...new Set(known)].toSorted());
  });
});

/** Names of what a server says that it can do: `renameProvider`, `renameProvider.prepareProvider`. */
function announced(capabilities: object, above = ''): readonly string[] {
  return Object.entries(capabilities).flatMap(([key, value]: [string, unknown]) => {
    const name = `${above}${key}`;
    if ((key === 'codeActionKinds' || key === 'commands') && Array.isArray(value))
      return value.map((each) => above + String(each));
    if (key === 'legend' || Array.isArray(value)) return [];
    if (typeof value === 'object' && value !== null) return [name, ...announced(value, `${name}.`)];
    return value === true || above === '' ? [name] : [];
  });
}
