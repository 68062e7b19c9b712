import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../../engine/engine.ts';
import { tempFolder } from '../tempFolder.ts';
import { startSshServer } from '../transports/sshServer.ts';

const password = 'canary-password-7431';
const variable = 'canary-variable-7431';

describe('SSH debug logs (D11)', function () {
  it('say how a connection went, for its owner alone, and no secret (R-K1)', async () => {
    await using folder = await tempFolder();
    const server = await startSshServer({
      login: (attempt) =>
        attempt.method === 'password' && attempt.password === password
          ? attempt.accept()
          : attempt.reject(['password']),
    });
    const inventory = join(folder.path, 'inventory.yaml');
    const node = { host: '127.0.0.1', port: server.port, user: 'deploy', auth: ['password'] };
    writeFileSync(inventory, JSON.stringify({ version: 1, nodes: { web1: node } }));
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.ok(created.ok);
    const client = created.value.connect({
      trusted: true,
      localNodes: 'allowed',
      user: 'me',
      canPrompt: true,
      onClose: 'finish',
    });
    const planned = await client.plan({
      action: { type: 'command', command: `echo ${variable}` },
      selection: 'web1',
      sources: [{ type: 'muster', path: inventory }],
      knownHosts: server.knownHosts,
    });
    assert.ok(planned.ok);
    const ended = Promise.withResolvers<void>();
    const notes: string[] = [];
    client.onEvents(({ batch, events }) => {
      for (const event of events) {
        if (event.type === 'promptRaised')
          void client.answer({ batch, prompt: event.prompt, secret: password });
        if (event.type === 'note') notes.push(event.message);
        if (event.type === 'batchFinished') ended.resolve();
      }
    });
    const started = await client.start({ plan: planned.value.plan, debugSsh: true });
    assert.ok(started.ok);
    await ended.promise;
    await created.value.close();
    await server.close();

    const logs = join(folder.path, 'data', 'batches', started.value.batch, 'debug');
    assert.deepEqual(notes, [`What SSH connections say about themselves goes to ${logs}.`]);
    const [name = '', ...more] = readdirSync(logs);
    assert.deepEqual([more, /^web1-.*\.log$/.test(name)], [[], true]);
    assert.equal(statSync(join(logs, name)).mode & 0o777, 0o600);
    const text = readFileSync(join(logs, name), 'utf8');
    for (const said of [
      'phase kex',
      'Handshake completed',
      'login as deploy: trying password',
      'ended: ok',
    ]) {
      assert.ok(text.includes(said), `${said} is not in\n${text}`);
    }
    assert.ok(!text.includes(password) && !text.includes(variable), text);
  });
});
