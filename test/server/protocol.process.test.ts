import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  CodeAction,
  CompletionList,
  Hover,
  Range,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
} from 'vscode-languageserver-types';
import { startSession } from './session.ts';

const uri = 'file:///fleet/inventory.yaml';

function opened(text: string, languageId = 'muster-inventory') {
  return { textDocument: { uri, languageId, version: 1, text } };
}

describe('the language server over standard streams', () => {
  it('announces problems with the version that they belong to, through incremental edits', async () => {
    await using session = await startSession();
    await session.rpc.sendNotification('textDocument/didOpen', opened('nodes:\n  a: { hsot: x }\n'));
    const first = await session.published(({ version }) => version === 1);
    assert.deepEqual(
      first.diagnostics.map(({ code, range }) => [code, range.start]),
      [['schema/unknown-key', { line: 1, character: 7 }]],
    );
    const range = { start: { line: 1, character: 7 }, end: { line: 1, character: 11 } };
    await session.rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: 'host' }],
    });
    const second = await session.published(({ version }) => version === 2);
    assert.deepEqual(second.diagnostics, []);
  });

  it('takes the problems of a closed document back', async () => {
    await using session = await startSession();
    await session.rpc.sendNotification('textDocument/didOpen', opened('typo: 1\n'));
    await session.published(({ diagnostics }) => diagnostics.length === 1);
    await session.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await session.published(({ version, diagnostics }) => version === undefined && diagnostics.length === 0);
  });

  it('answers completion and hover', async () => {
    await using session = await startSession();
    await session.rpc.sendNotification(
      'textDocument/didOpen',
      opened('nodes:\n  w[1-3]:\ngroups:\n  g: "w[1-2]"\n\n'),
    );
    const at = (line: number, character: number) => ({
      textDocument: { uri },
      position: { line, character },
    });
    const list = await session.rpc.sendRequest<CompletionList>('textDocument/completion', at(4, 0));
    assert.deepEqual(
      list.items.map(({ label }) => label),
      ['version', 'defaults', 'tags', 'sources'],
    );
    const hover = await session.rpc.sendRequest<Hover>('textDocument/hover', at(3, 2));
    assert.deepEqual(hover.contents, { kind: 'markdown', value: '**Group g**: 2 nodes\n\n`w[1-2]`' });
  });

  it('offers quick fixes, tells by the settings of the client, and names the page of a rule', async () => {
    await using session = await startSession();
    const settings = { muster: { rules: { 'schema/unknown-key': 'warning' } } };
    await session.rpc.sendNotification('workspace/didChangeConfiguration', { settings });
    await session.rpc.sendNotification('textDocument/didOpen', opened('nodes:\n  a: { hsot: x }\n'));
    const { diagnostics } = await session.published(({ version }) => version === 1);
    const [found] = diagnostics;
    assert.deepEqual([diagnostics.length, found?.severity], [1, 2]);
    assert.match(found?.codeDescription?.href ?? '', /^file:.*\/docs\/rules\/schema-unknown-key\.md$/);
    assert.ok(existsSync(fileURLToPath(found?.codeDescription?.href ?? '')));
    const actions = await session.rpc.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: found?.range,
      context: { diagnostics },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to "host"', 'Remove "hsot"'],
    );
    await session.rpc.sendNotification('workspace/didChangeConfiguration', {
      settings: { muster: { rules: { schema: 'off' } } },
    });
    await session.published((each) => each.version === 1 && each.diagnostics.length === 0);
  });

  it('begins a new line where what belongs there begins', async () => {
    await using session = await startSession();
    assert.deepEqual(session.capabilities['documentOnTypeFormattingProvider'], {
      firstTriggerCharacter: '\n',
      moreTriggerCharacter: ['-'],
    });
    await session.rpc.sendNotification(
      'textDocument/didOpen',
      opened('steps:\n  - run: |\n', 'muster-playbook'),
    );
    const edits = await session.rpc.sendRequest<TextEdit[]>('textDocument/onTypeFormatting', {
      textDocument: { uri },
      position: { line: 2, character: 0 },
      ch: '\n',
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      ['      '],
    );
  });

  it('gives cancelled requests up, and answers each once', async () => {
    const frame = (message: object): string => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message });
      return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    };
    const params = { textDocument: { uri }, position: { line: 0, character: 0 } };
    const server = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      // In one piece: most requests can not be answered before their cancellation has come.
      const ids = Array.from({ length: 20 }, (_, at) => at + 2);
      child.stdin.write(
        frame({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }) +
          frame({ method: 'textDocument/didOpen', params: opened('nodes:\n  a:\n') }) +
          ids
            .map((id) => {
              const cancel = frame({ method: '$/cancelRequest', params: { id } });
              return frame({ id, method: 'textDocument/completion', params }) + cancel;
            })
            .join(''),
      );
      let said = '';
      const answered = (): readonly string[] =>
        [...said.matchAll(/"id":(\d+),"(?:error|result)"/g)].map(([, id = '']) => id);
      for await (const chunk of child.stdout) {
        said += String(chunk);
        if (answered().length > ids.length) break;
      }
      assert.deepEqual(
        answered()
          .map(Number)
          .toSorted((a, b) => a - b),
        [1, ...ids],
      );
      assert.match(said, /"error":\{"code":-32800/);
    } finally {
      child.kill();
    }
  });

  it('says what has changed of the colours, and which names change together', async () => {
    await using session = await startSession();
    const steps = 'steps:\n  - { id: a, run: x }\n  - { needs: a, run: x }\n';
    await session.rpc.sendNotification('textDocument/didOpen', opened(steps, 'muster-playbook'));
    const textDocument = { uri };
    const whole = await session.rpc.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument,
    });
    await session.rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: `${steps}  - { needs: a, run: x }\n` }],
    });
    const delta = await session.rpc.sendRequest<SemanticTokensDelta>(
      'textDocument/semanticTokens/full/delta',
      { textDocument, previousResultId: whole.resultId },
    );
    assert.deepEqual(
      delta.edits.map(({ deleteCount, data = [] }) => [deleteCount, data.length]),
      [[0, 10]],
    );
    const linked = await session.rpc.sendRequest<{ ranges: Range[] }>('textDocument/linkedEditingRange', {
      textDocument,
      position: { line: 1, character: 10 },
    });
    assert.deepEqual(
      linked.ranges.map(({ start }) => start.line),
      [1, 2, 3],
    );
  });

  it('goes by the name of a file that an editor takes for YAML', async () => {
    await using session = await startSession({ program: 'muster' });
    const own = 'file:///fleet/site.playbook.yaml';
    await session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri: own, languageId: 'yaml', version: 1, text: 'stpes: []\n' },
    });
    const { diagnostics } = await session.published((each) => each.uri === own);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['schema/unknown-key'],
    );
  });

  it('goes by settings where a name says nothing', async () => {
    await using session = await startSession({ folder: 'file:///w' });
    const files = { 'deploy/*.yaml': 'playbook' };
    await session.rpc.sendNotification('workspace/didChangeConfiguration', {
      settings: { muster: { index: { files } } },
    });
    const textDocument = {
      uri: 'file:///w/deploy/x.yaml',
      languageId: 'yaml',
      version: 1,
      text: 'setps: 1\n',
    };
    await session.rpc.sendNotification('textDocument/didOpen', { textDocument });
    const { diagnostics } = await session.published(({ uri }) => uri === textDocument.uri);
    assert.deepEqual(
      diagnostics.map(({ code, range }) => `${code} ${range.end.character}`),
      ['schema/unknown-key 5'],
    );
  });

  it('leaves documents of other languages alone', async () => {
    await using session = await startSession();
    await session.rpc.sendNotification('textDocument/didOpen', opened('typo: 1\n', 'yaml'));
    const params = { textDocument: { uri }, position: { line: 0, character: 1 } };
    assert.equal(await session.rpc.sendRequest('textDocument/hover', params), null);
  });

  it('ends with 0 when it is asked to', async () => {
    await using session = await startSession();
    await session.rpc.sendRequest('shutdown');
    await session.rpc.sendNotification('exit');
    assert.equal(await session.ended, 0);
  });
});
