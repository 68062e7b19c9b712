import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AuthContext, Connection, ServerChannel } from 'ssh2';
import ssh2 from 'ssh2';
import type { NodeProcess } from './channel.ts';
import { runOnChannel } from './channel.ts';
import type { NodeFolder } from './folder.ts';

export type ListenOptions = {
  readonly address: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Private key of the node, OpenSSH format. */
  readonly hostKey: string;
  /** The one public key that may log in, `type base64`. */
  readonly clientKey: string;
  readonly folder: NodeFolder;
};

/** An SSH server that listens for one demo node. */
export type Listener = { readonly port: number; close(): Promise<void> };

/** Listens on loopback; rejects with the system's error when the address or port cannot be had. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const processes = new Set<NodeProcess>();
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [options.hostKey] }, (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => {}); // A client that went away; `close` follows.
    connection.on('authentication', (context) => authenticate(context, options.clientKey));
    connection.on('ready', () => acceptSessions(connection, options.folder, processes));
  });
  server.listen(options.port, options.address);
  await once(server, 'listening');
  const address: unknown = server.address();
  return { port: portOf(address, options.port), close };

  async function close(): Promise<void> {
    for (const child of processes) child.signal('SIGKILL');
    for (const connection of connections) connection.end();
    const closed = once(server, 'close');
    server.close();
    await Promise.all([closed, ...[...processes].map((child) => child.ended)]);
  }
}

/** Where systems have OpenSSH's server for SFTP. */
const sftpServers = ['/usr/lib/openssh/sftp-server', '/usr/libexec/sftp-server', '/usr/lib/ssh/sftp-server'];

function acceptSessions(connection: Connection, folder: NodeFolder, processes: Set<NodeProcess>): void {
  connection.on('session', (acceptSession) => {
    let running: NodeProcess | undefined;
    const session = acceptSession();
    let hasTerminal = false;
    const run = (channel: ServerChannel, command?: string): void => {
      const child = runOnChannel(channel, { hasTerminal, ...(command !== undefined && { command }) }, folder);
      running = child;
      processes.add(child);
      void child.ended.then(() => processes.delete(child));
    };
    session.on('pty', (accept) => {
      hasTerminal = true;
      accept();
    });
    session.on('window-change', (accept) => accept?.());
    session.on('shell', (accept) => run(accept()));
    session.on('exec', (accept, _reject, { command }) => run(accept(), command));
    session.on('subsystem', (accept, reject, { name }) => {
      const program = sftpServers.find((each) => existsSync(each));
      if (name === 'sftp' && program !== undefined) run(accept(), `exec ${program}`);
      else reject();
    });
    session.on('signal', (accept, _reject, { name }) => {
      accept?.();
      running?.signal(signalName(name));
    });
  });
}

/** Only the fleet's own key gets in, whatever the user name. */
function authenticate(context: AuthContext, clientKey: string): void {
  if (context.method !== 'publickey') return context.reject(['publickey']);
  const allowed = ssh2.utils.parseKey(clientKey);
  if (allowed instanceof Error) return context.reject();
  const wanted = allowed.getPublicSSH();
  const same = context.key.data.length === wanted.length && timingSafeEqual(context.key.data, wanted);
  if (!same) return context.reject(['publickey']);
  if (!context.signature || !context.blob) return context.accept(); // The client only asks whether the key would do.
  // Also an Error may come back, contrary to the types.
  const verified: unknown = allowed.verify(context.blob, context.signature, context.hashAlgo);
  if (verified === true) return context.accept();
  return context.reject(['publickey']);
}

/** RFC 4254 names signals without their SIG; names that are not signals end the process politely. */
function signalName(name: string): NodeJS.Signals {
  const known = ['TERM', 'KILL', 'INT', 'HUP', 'QUIT', 'USR1', 'USR2'].includes(name);
  return known ? (`SIG${name}` as NodeJS.Signals) : 'SIGTERM'; // Checked on this very line.
}

function portOf(address: unknown, fallback: number): number {
  if (typeof address !== 'object' || address === null || !('port' in address)) return fallback;
  return typeof address.port === 'number' ? address.port : fallback;
}
