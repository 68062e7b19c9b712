import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Connected } from '../../../core/plugin/transport.ts';
import { connect, optionsFor, sshTransport } from './session.ts';
import { type SshServer, type SshServerScript, startSshServer } from './sshServer.ts';

function messageOf(connected: Connected): string {
  return !connected.ok && 'message' in connected.outcome ? connected.outcome.message : '';
}

async function withServer<T>(script: SshServerScript, use: (server: SshServer) => Promise<T>): Promise<T> {
  const server = await startSshServer(script);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

describe('ssh: time limits of phases', function () {
  it('ends a phase that takes longer than it may, and names it', async () => {
    const stall = (socket: Socket): void => void socket.write('SSH-2.0-stalled\r\n');
    const limits = { phaseTimeoutsMs: { banner: 5000, kex: 200, auth: 300 } };
    const silent = createServer((socket) => stall(socket.on('error', () => {}))).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const peer = optionsFor({ port, identityFile: '/nowhere', knownHosts: '/dev/null' });
    const found = messageOf(await connect(sshTransport(), peer, limits));
    silent.close();
    assert.equal(found, 'agreeing on keys took longer than 0.2 s (phase kex)');
    await withServer({ login: () => {} }, async (server) => {
      const late = messageOf(await connect(sshTransport(), optionsFor(server), limits));
      assert.equal(late, 'logging in took longer than 0.3 s (phase auth)');
    });
  });

  it('does not count a person against a phase', async () => {
    const askSecret = async (): Promise<undefined> =>
      new Promise((resolve) => setTimeout(() => resolve(undefined), 500));
    await withServer({ login: () => {} }, async (server) => {
      const connected = await connect(sshTransport(), optionsFor(server, { auth: ['password'] }), {
        askSecret,
        phaseTimeoutsMs: { auth: 250 },
      });
      assert.doesNotMatch(messageOf(connected), /took longer/);
    });
  });
});
