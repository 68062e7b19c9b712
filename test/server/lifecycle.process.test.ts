import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const server = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

function frame(message: object): string {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function initialize(processId: number | null = null): string {
  return frame({ id: 1, method: 'initialize', params: { processId, rootUri: null, capabilities: {} } });
}

const hover = frame({
  id: 2,
  method: 'textDocument/hover',
  params: { textDocument: { uri: 'file:///a.playbook.yaml' }, position: { line: 0, character: 0 } },
});

/** A server that was given this, and what it says; nothing is awaited but its words and its end. */
function startServer(input: string) {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (said.out += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (said.err += piece));
  child.stdin.on('error', () => {});
  child.stdin.write(input);
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const says = async (text: string): Promise<void> => {
    while (!said.out.includes(text)) await once(child.stdout, 'data');
  };
  return { child, said, ended, says, [Symbol.asyncDispose]: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill();
  await ended;
}

describe('the life of the language server', () => {
  it('ends with 1 when it is told to exit before it was shut down', async () => {
    await using session = startServer(initialize() + frame({ method: 'exit' }));
    assert.equal(await session.ended, 1);
  });

  it('ends when its standard input does, with 0 where it was shut down', async () => {
    await using left = startServer(initialize());
    await using closed = startServer(initialize() + frame({ id: 2, method: 'shutdown' }));
    await left.says('"id":1,"result"');
    await closed.says('"id":2,"result"');
    left.child.stdin?.end();
    closed.child.stdin?.end();
    assert.deepEqual([await left.ended, await closed.ended], [1, 0]);
  });

  it('ends when the editor that started it is gone', async () => {
    const editor = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 60_000)']);
    const gone = once(editor, 'exit');
    await using session = startServer(initialize(editor.pid));
    await session.says('"id":1,"result"');
    editor.kill();
    await gone;
    assert.equal(await session.ended, 1);
  });

  it('ends with a reason when what comes is no message, and bears messages that are wrong', async () => {
    await using garbage = startServer(`${initialize()}hello\r\n\r\n`);
    assert.equal(await garbage.ended, 1);
    assert.match(garbage.said.err, /no message of the Language Server Protocol/);
    const wrong =
      'Content-Length: 5\r\n\r\n{{{{{' + frame({ nothing: 1 }) + frame({ id: 7, method: 'no/such' });
    await using session = startServer(initialize() + wrong + hover);
    await session.says('"id":2,"result":null');
    assert.match(session.said.out, /"id":7,"error":\{"code":-32601/);
  });

  it('answers each request whose text is changed right behind it: with what was asked for, or that it has changed', async () => {
    const uri = 'file:///a.playbook.yaml';
    const open = frame({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'muster-playbook', version: 1, text: 'name: a\n' } },
    });
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    const ids = Array.from({ length: 20 }, (_, at) => at + 2);
    const asked = ids.map((id) => {
      const contentChanges = [{ text: `name: a${id}\n` }];
      const params = { textDocument: { uri, version: id }, contentChanges };
      const hints = { id, method: 'textDocument/inlayHint', params: { textDocument: { uri }, range } };
      return frame(hints) + frame({ method: 'textDocument/didChange', params });
    });
    await using session = startServer(initialize() + open + asked.join(''));
    for (const id of ids) await session.says(`"id":${id},`);
    const codes = [...session.said.out.matchAll(/"error":\{"code":(-?\d+)/g)].map(([, code]) => code);
    assert.deepEqual(new Set([...codes, '-32801']), new Set(['-32801']));
  });
});
