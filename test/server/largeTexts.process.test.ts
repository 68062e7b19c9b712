import assert from 'node:assert/strict';
import type { CompletionList } from 'vscode-languageserver-types';
import { largest } from '../../server/service/unread.ts';
import { type Published, startSession } from './session.ts';

const uri = 'file:///fleet/a.inventory.yaml';
const comment = `# ${'long '.repeat(15)}\n`;
const text = `nodes:\n  web1: { hsot: a }\n\n${comment.repeat(largest / comment.length + 1)}`;

function codesOf({ diagnostics }: Published): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}

describe('a document that is too large to be read while somebody types', () => {
  it('says so, is completed, and is told of what is wrong with it once it was read', async () => {
    await using session = await startSession();
    const { rpc } = session;
    await rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'muster-inventory', version: 1, text },
    });
    const position = { line: 2, character: 0 };
    const at = { textDocument: { uri }, position };
    const { items } = await rpc.sendRequest<CompletionList>('textDocument/completion', at);
    assert.ok(items.some(({ label }) => label === 'groups'));
    assert.equal(
      await rpc.sendRequest('textDocument/hover', { ...at, position: { line: 1, character: 12 } }),
      null,
    );
    await session.published((told) => codesOf(told).join() === 'yaml/large,schema/unknown-key');
    await rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: position, end: position }, text: 'typo: 1\n' }],
    });
    const last = await session.published(({ version }) => version === 2);
    assert.deepEqual(codesOf(last), ['yaml/large', 'schema/unknown-key', 'schema/unknown-key']);
  });

  it('is read as a whole again when it is small enough', async () => {
    await using session = await startSession();
    await session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'muster-inventory', version: 1, text },
    });
    await session.rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: 'nodes:\n  web1: { hsot: a }\n' }],
    });
    const told = await session.published(({ version }) => version === 2);
    assert.deepEqual(codesOf(told), ['schema/unknown-key']);
  });
});
