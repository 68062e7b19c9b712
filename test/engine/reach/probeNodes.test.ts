import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { indexInventory } from '../../../core/inventory/model.ts';
import { readInventory } from '../../../core/inventory/readInventory.ts';
import { systemClock } from '../../../engine/clock.ts';
import { probeNodes } from '../../../engine/reach/probeNodes.ts';
import { createTransports } from '../../../engine/transports/index.ts';
import { context } from '../context.ts';
import { tempFolder } from '../tempFolder.ts';

/** A listener on loopback that says this to everyone who connects. */
async function listen(greet: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()));
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

describe('asking nodes for an answer', function () {
  it('tells who speaks SSH from who refuses, speaks something else or is not there, without a login', async () => {
    await using folder = await tempFolder();
    const said: string[] = [];
    const ssh = await listen((socket) => {
      socket.write('SSH-2.0-test\r\n');
      socket.on('data', (chunk: Buffer) => said.push(chunk.toString('latin1')));
    });
    const web = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const free = await listen(() => undefined);
    await free.close();
    const text = `nodes:
  fine: { host: 127.0.0.1, port: ${ssh.port} }
  web: { host: 127.0.0.1, port: ${web.port} }
  closed: { host: 127.0.0.1, port: ${free.port} }
  nowhere: { host: name.invalid }
  here: { transport: local, cwd: ${folder.path} }
  gone: { transport: local, cwd: ${join(folder.path, 'none')} }
`;
    const { inventory } = readInventory(text, { source: 'inventory.yaml', resolvePath: (path) => path });
    assert.deepEqual(inventory.problems, []);
    const { transports } = createTransports({
      home: folder.path,
      clock: systemClock,
      instead: undefined,
    }).for(context);
    const names = ['fine', 'web', 'closed', 'nowhere', 'here', 'gone', 'unknown'];
    const reaches = await probeNodes(names, indexInventory(inventory), {
      transports,
      clock: systemClock,
      home: '/nowhere',
    });
    const told = reaches.map(({ node, answer, message = '' }) => `${node} ${answer} ${message}`.trim());
    assert.deepEqual(told, [
      'fine reachable',
      `web unreachable port ${web.port} closed without a greeting`,
      `closed unreachable connection refused on port ${free.port}`,
      'nowhere unreachable there is no address for name.invalid',
      'here reachable',
      `gone unreachable there is no folder ${join(folder.path, 'none')}`,
      'unknown unknown there is no such node',
    ]);
    assert.deepEqual(said, []);
    await Promise.all([ssh.close(), web.close()]);
  });
});
