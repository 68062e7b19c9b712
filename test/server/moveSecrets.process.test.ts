import assert from 'node:assert/strict';
import { startSession } from './session.ts';

const text = 'vars: { db_password: hunter22 }\nsteps:\n  - run: x {{ vars.db_password }}\n';

describe('a secret that stands in a playbook', () => {
  it('is offered to a client that says that it keeps secrets', async () => {
    const uri = 'file:///elsewhere/a.playbook.yaml';
    const offered = async (initializationOptions: object): Promise<string> => {
      await using session = await startSession({
        initializationOptions,
        capabilities: { textDocument: { codeAction: { codeActionLiteralSupport: {} } } },
      });
      await session.rpc.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'muster-playbook', version: 1, text },
      });
      const range = { start: { line: 0, character: 24 }, end: { line: 0, character: 24 } };
      const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
      return JSON.stringify(await session.rpc.sendRequest('textDocument/codeAction', params));
    };
    assert.match(await offered({ secretStore: true }), /"command":"muster.moveSecret"/);
    assert.doesNotMatch(await offered({}), /moveSecret/);
  });
});
