import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyPair } from '../../../engine/demo/keys.ts';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';

/** What a scripted SSH server does; everything has a well-behaved default. */
export type SshServerScript = {
  /** Private host keys; two new ones differ. */
  hostKeys?: readonly string[];
  /** Decides about each try to log in. */
  login?: (attempt: AuthContext) => void;
  /** Answers each command line; by default a real shell does. */
  command?: (line: string, channel: ServerChannel) => void;
  /** Speaks SFTP on a channel; by default OpenSSH's server does. */
  sftp?: (channel: ServerChannel) => void;
  /** Whether it takes a command at all. */
  takesCommands?: boolean;
  /** Is told of each connection before anything is said on it. */
  connection?: (connection: Connection) => void;
  /** How many commands may run on one connection; a further channel is refused as sshd does. */
  mostSessions?: number;
};

export type SshServer = {
  readonly port: number;
  /** A known_hosts file with the first host key. */
  readonly knownHosts: string;
  /** A private key that any login accepts by default. */
  readonly identityFile: string;
  readonly folder: string;
  /** What clients sent to log in: `publickey`, `password`, … */
  readonly attempts: readonly string[];
  /** How many connections there have been, and how many there are. */
  connections(): { readonly ever: number; readonly open: number };
  close(): Promise<void>;
};

export function newKey(type: 'ed25519' | 'ecdsa' = 'ed25519'): string {
  return type === 'ed25519'
    ? newKeyPair().private
    : ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;
}

/** A line for known_hosts. */
export function knownHostsLine(port: number, key: string): string {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  return `[127.0.0.1]:${port} ${parsed.type} ${parsed.getPublicSSH().toString('base64')}\n`;
}

/** An SSH server in this process, for what sshd will not do. */
export async function startSshServer(script: SshServerScript = {}): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-ssh-server-'));
  const hostKeys = script.hostKeys ?? [newKey()];
  const attempts: string[] = [];
  const sockets = new Set<Socket>();
  let ever = 0;
  const server = new ssh2.Server({ hostKeys: [...hostKeys] }, (connection) => {
    script.connection?.(connection);
    connection.on('error', () => {});
    connection.on('authentication', (attempt) => {
      attempts.push(attempt.method);
      (script.login ?? ((each) => each.accept()))(attempt);
    });
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const socket = connect(destPort, destIP);
      socket.once('error', () => reject());
      socket.once('connect', () => {
        const channel = accept();
        channel.on('error', () => {});
        socket.on('error', () => channel.close());
        channel.pipe(socket).pipe(channel);
      });
    });
    let sessions = 0;
    connection.on('session', (accept, reject) => {
      if (sessions >= (script.mostSessions ?? Infinity)) return reject();
      sessions++;
      const session = accept();
      session.on('close', () => sessions--);
      session.on('subsystem', (acceptSubsystem) => {
        const channel = acceptSubsystem();
        channel.on('error', () => {});
        (script.sftp ?? serveFiles)(channel);
      });
      session.on('exec', (acceptExec, reject, { command }) => {
        if (script.takesCommands === false) return reject();
        const channel = acceptExec();
        channel.on('error', () => {});
        (script.command ?? runInShell)(command, channel);
      });
    });
  });
  // ssh2 hides the TCP server that it keeps; its connections have to be cut at the end.
  const { _srv: tcp } = server as unknown as { _srv: NodeJS.EventEmitter };
  tcp.on('connection', (socket: Socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    ever++;
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  writeFileSync(join(folder, 'known_hosts'), knownHostsLine(port, hostKeys[0] ?? ''));
  writeFileSync(join(folder, 'id'), newKey(), { mode: 0o600 });
  return {
    port,
    folder,
    attempts,
    connections: () => ({ ever, open: sockets.size }),
    knownHosts: join(folder, 'known_hosts'),
    identityFile: join(folder, 'id'),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The server's program for SFTP, where a system has it. */
const sftpServers = ['/usr/lib/openssh/sftp-server', '/usr/libexec/sftp-server', '/usr/lib/ssh/sftp-server'];

function serveFiles(channel: ServerChannel): void {
  const program = sftpServers.find((each) => existsSync(each));
  if (program === undefined) return channel.close();
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  channel.pipe(child.stdin);
  child.stdout.pipe(channel);
  channel.on('close', () => child.kill());
}

/** Runs a command line as sshd does: in a shell that leads a process group, with exit code or signal. */
export function runInShell(line: string, channel: ServerChannel): void {
  const child = spawn('/bin/sh', ['-c', line], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {});
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on('exit', (code, signal) => {
    if (signal) channel.exit(signal.replace(/^SIG/, ''));
    else channel.exit(code ?? 255);
  });
  child.on('close', () => channel.end());
}
