import type { Duplex, Readable } from 'node:stream';
import ssh2, { type Algorithms, type Client, type ServerHostKeyAlgorithm } from 'ssh2';
import type { SshHop } from '../../../core/plugin/options.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import type { TerminalSize } from '../openssh/packets.ts';
import { withoutContents } from './debugLog.ts';
import { handshakeFailure, lateMessage } from './failures.ts';
import { watchGreeting } from './greeting.ts';
import type { HostCheck } from './hostCheck.ts';
import type { Login } from './login.ts';
import { rememberPacketKeys } from './packetKeys.ts';
import { signAtOnce } from './signAtOnce.ts';
import { takeStep, unreachable, type Failure, type Reached, type Way } from './step.ts';

/** The streams of one command. Emits `exit` with a code, or with null and a signal; `close` when the node has closed it. */
export type CommandChannel = Duplex & { readonly stderr: Readable; close(): void };

/** Opens a channel for a command line. `x11` is read when the command is about to be sent, not before. */
export type StartCommand = (
  line: string,
  options: { readonly x11?: boolean; readonly pty?: TerminalSize },
  onChannel: OnChannel,
) => void;
export type OnChannel = (error: Error | undefined, channel?: CommandChannel) => void;

/** An open and logged-in SSH connection. */
export type SshConnection = {
  readonly exec: StartCommand;
  /** Opens a channel to a subsystem of the node, such as `sftp`. */
  readonly subsystem: (name: string, onChannel: OnChannel) => void;
  /** Opens a stream to an address as the node sees it; absent where the connection can not. */
  readonly forward?: Client['forwardOut'];
  /** How we logged in. */
  readonly auth: string | undefined;
  /** Where the host key was found. */
  readonly hostKey: string | undefined;
  /** Why the connection ended, for people; undefined while it stands. */
  loss(): string | undefined;
  /** Settles when the connection has ended or was closed. */
  readonly ended: Promise<void>;
  /** Says goodbye and lets go, without waiting for the other side. */
  close(): void;
};

/** How often to ask a silent node whether it is there, in ms, and how many silences end the connection. */
export type Keepalive = { readonly intervalMs: number; readonly count: number };

export type Handshake = {
  readonly endpoint: SshHop & { user: string };
  readonly socket: Duplex;
  readonly hostCheck: HostCheck;
  readonly login: Login;
  /** Types of host keys to ask for before all others. */
  readonly keyTypes: readonly string[];
  readonly keepalive: Keepalive;
};

/** Speaks SSH over an open stream until we are logged in. Nothing of ours is sent before the host key is verified. */
export function shakeHands(handshake: Handshake, way: Way): Promise<Reached<SshConnection>> {
  const { endpoint, socket, hostCheck, login } = handshake;
  way.enter('banner');
  return takeStep(
    way,
    ({ done, fail }) => {
      const client = new ssh2.Client();
      let loss: string | undefined;
      const ended = Promise.withResolvers<void>();
      const close = (): void => {
        loss ??= 'it was closed here';
        ended.resolve();
        closeGently(client, socket);
      };
      let greeting = { text: () => '' };
      const end = (error: Error): void => {
        loss ??= lossMessage(error, handshake);
        ended.resolve();
        fail(failureOf(error, { handshake, way, greeting: greeting.text() }));
      };
      // A listener for good: an error event without one would end the process.
      client.on('error', (error) => isPassing(error) || end(error));
      client.on('close', () => end(new Error('the connection was closed')));
      client.once('handshake', () => way.enter('auth'));
      // At every rekey too.
      client.on('handshake', () => rememberPacketKeys(client));
      client.once('ready', () => {
        const said = { auth: login.current(), hostKey: hostCheck.place() };
        const exec: StartCommand = (line, options, onChannel) => void client.exec(line, options, onChannel);
        const forward: Client['forwardOut'] = (...args) => client.forwardOut(...args);
        const subsystem: SshConnection['subsystem'] = (name, onChannel) =>
          void client.subsys(name, onChannel);
        done({ exec, subsystem, forward, ...said, loss: () => loss, ended: ended.promise, close });
      });
      try {
        client.connect(configOf(handshake, way));
        signAtOnce(client);
        greeting = watchGreeting(socket, () => way.enter('kex'));
      } catch (error) {
        fail(unreachable('protocol', `the connection can not be set up: ${messageOf(error)}`));
      }
      return close;
    },
    lateMessage(endpoint.port, way.deadline.totalMs),
  );
}

function configOf(
  { endpoint, socket, hostCheck, login, keyTypes, keepalive }: Handshake,
  { debug }: Way,
): ssh2.ConnectConfig {
  return {
    ...(debug && { debug: (line: string) => debug(withoutContents(line)) }),
    sock: socket,
    username: endpoint.user,
    algorithms: algorithms(keyTypes),
    hostVerifier: (key: Buffer) => hostCheck.verify(key),
    authHandler: login.handler,
    readyTimeout: 0,
    keepaliveInterval: keepalive.intervalMs,
    keepaliveCountMax: keepalive.count,
  };
}

/** What a key type is called when algorithms are agreed on; RSA goes with SHA-2 only, as in OpenSSH since 8.8. */
const algorithmsOf: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

function algorithms(keyTypes: readonly string[]): Algorithms {
  const first = keyTypes.flatMap((type) => algorithmsOf[type] ?? []);
  return { serverHostKey: { remove: ['ssh-rsa', ...first], prepend: first, append: [] } };
}

/** Errors after which ssh2 goes on by itself: with the next key or the next way to log in. */
function isPassing(error: Error & { level?: string }): boolean {
  return error.level === 'agent' || error.message.startsWith('Error signing data with key');
}

type End = { handshake: Handshake; way: Way; greeting: string };

function failureOf(error: Error & { level?: string }, { handshake, way, greeting }: End): Failure {
  const hostKey = handshake.hostCheck.failure();
  if (hostKey) return hostKey;
  if (/too many authentication/i.test(error.message)) {
    const tooMany = 'the node takes no more tries: too many ways were tried';
    return unreachable('auth', `${tooMany}; ${handshake.login.failure()}`);
  }
  if (error.level === 'client-authentication') return unreachable('auth', handshake.login.failure());
  return handshakeFailure(way.phase(), error, greeting);
}

function lossMessage(error: Error & { level?: string }, { hostCheck, keepalive }: Handshake): string {
  const swapped = hostCheck.swapped();
  if (swapped !== undefined)
    return `the node changed its host key during the connection, to ${swapped}: cut off`;
  if (error.level === 'client-timeout') {
    return `no sign of life for ${Math.round((keepalive.intervalMs * keepalive.count) / 100) / 10} s`;
  }
  return visible(error.message).slice(0, 200);
}

function closeGently(client: Client, socket: Duplex): void {
  client.end();
  // A TCP socket goes as soon as our last bytes are out; a forwarded channel when its own connection does.
  if ('destroySoon' in socket && typeof socket.destroySoon === 'function') socket.destroySoon();
  else socket.destroy();
}
