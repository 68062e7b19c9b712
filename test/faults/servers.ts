import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { startSshd, type Sshd } from '../engine/transports/sshd.ts';
import { startSshServer, type SshServer, type SshServerScript } from '../engine/transports/sshServer.ts';

/** An sshd that goes with its block. */
export async function sshdWith(extra: readonly string[] = []): Promise<Sshd & AsyncDisposable> {
  const sshd = await startSshd(extra);
  return { ...sshd, [Symbol.asyncDispose]: () => sshd.stop() };
}

/** A scripted SSH server that goes with its block. */
export async function serverWith(script: SshServerScript = {}): Promise<SshServer & AsyncDisposable> {
  const server = await startSshServer(script);
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}

export type TcpServer = AsyncDisposable & {
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
};

/** A TCP server on loopback that answers each connection as it is told; it cuts them all at the end. */
export async function tcpServer(answer: (socket: Socket) => void): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A way to another port that can be cut, or left open with nothing going through. */
export async function relayTo(port: number): Promise<TcpServer & { freeze(): void; reset(): void }> {
  const far = new Set<Socket>();
  const relay = await tcpServer((near) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    far.add(socket);
    socket.on('error', () => {});
    near.pipe(socket).pipe(near);
  });
  return {
    ...relay,
    freeze() {
      for (const socket of [...relay.sockets, ...far]) socket.unpipe().pause();
    },
    reset() {
      for (const socket of relay.sockets) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of far) socket.destroy();
      await relay[Symbol.asyncDispose]();
    },
  };
}

/** A port on loopback that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
