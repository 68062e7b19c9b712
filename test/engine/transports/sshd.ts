import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

const program = '/usr/sbin/sshd';

/** Why there can be no sshd here; undefined where there can. */
export const sshdProblem: string | undefined = existsSync(program)
  ? undefined
  : `skipped: there is no ${program}; install openssh-server`;

export type Sshd = {
  readonly folder: string;
  readonly port: number;
  /** A private key that may log in. */
  readonly identityFile: string;
  readonly hostKeyFile: string;
  /** A known_hosts file with the host key. */
  readonly knownHosts: string;
  stop(): Promise<void>;
};

/** An OpenSSH server of our own on loopback, with extra lines for its configuration. */
export async function startSshd(extra: readonly string[] = [], hostKeyType = 'ed25519'): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-sshd-'));
  const path = (name: string): string => join(folder, name);
  const port = await freePort();
  makeKey(path('host'), hostKeyType);
  makeKey(path('id'));
  const [type, key] = readFileSync(path('host.pub'), 'utf8').split(' ');
  writeFileSync(path('known_hosts'), `[127.0.0.1]:${port} ${type} ${key}\n`);
  writeFileSync(
    path('config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path('host')}`,
      `AuthorizedKeysFile ${path('id.pub')}`,
      `PidFile ${path('pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'Subsystem sftp internal-sftp',
      ...extra,
      '',
    ].join('\n'),
  );
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const child = spawn(program, ['-D', '-e', '-f', path('config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  await listening(child.stderr);
  return {
    folder,
    port,
    identityFile: path('id'),
    hostKeyFile: path('host'),
    knownHosts: path('known_hosts'),
    stop: async () => {
      child.kill();
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}

export function makeKey(file: string, type = 'ed25519', passphrase = ''): void {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', '', '-f', file]);
}

/** Resolves when sshd says that it listens; its log is read on, or it would block. */
function listening(log: NodeJS.ReadableStream): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    log.on('data', (chunk: Buffer) => {
      if (text.length > 10_000) return;
      text += chunk.toString();
      if (text.includes('Server listening')) resolve();
    });
    log.on('end', () => reject(new Error(`sshd did not start: ${text}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
