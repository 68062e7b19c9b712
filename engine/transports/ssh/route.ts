import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { SshHop, SshOptions } from '../../../core/plugin/options.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import { shakeHands, type Keepalive, type SshConnection } from './connection.ts';
import { dial } from './dial.ts';
import { lateMessage } from './failures.ts';
import { createHostCheck, knownAddress } from './hostCheck.ts';
import type { HostKeyBook, KnownHosts } from './knownHosts.ts';
import { createLogin, type LoginDeps } from './login.ts';
import type { Lease, Opened, Pool } from './pool.ts';
import { dialProxy, type Proxied, type ProxyDeps } from './proxy.ts';
import { takeStep, unreachable, type Failure, type Reached, type Way } from './step.ts';

export type RouteDeps = LoginDeps & {
  readonly pool: Pool;
  readonly knownHosts: Pick<KnownHosts, 'open'>;
  readonly proxy: ProxyDeps;
  readonly keepalive: Keepalive;
  readonly userName: string;
};

type Destination = SshOptions & { readonly name: string };

/** Endpoints in the order in which they are passed, the last one to be reached, and the command that carries all. */
type Chain = { readonly endpoints: readonly SshHop[]; readonly proxyCommand: string | undefined };

/**
 * Takes a connection to a node: by the proxy command if there is one to the first hop, through it to the next, and so
 * on. Each is verified under its own name against its own known_hosts, and shared with all who go the same way.
 */
export function reachNode(options: Destination, way: Way, deps: RouteDeps): Promise<Reached<Lease>> {
  const chain = { endpoints: [...options.via, options], proxyCommand: options.proxyCommand };
  return takeLast(chain, 'node', { way, deps });
}

/** Goes the same way and only waits for the node to say that it speaks SSH: nobody is logged in to it. */
export async function greetNode(options: Destination, way: Way, deps: RouteDeps): Promise<Reached<null>> {
  const hop = await takeHop({ endpoints: options.via, proxyCommand: options.proxyCommand }, { way, deps });
  if (!hop.ok) return hop;
  const account = { ...options, user: options.user ?? deps.userName };
  const through = hop.value?.link.connection ?? options.proxyCommand;
  const carried = await carry(account, through, { way, deps });
  const greeted = carried.ok ? await awaitGreeting(carried.value.stream, options.port, way) : carried;
  hop.value?.release();
  return greeted;
}

/** Goes the same way and lets the node show its host key: nobody is logged in to it, no user name is sent. */
export async function showHostKey(options: Destination, way: Way, deps: RouteDeps): Promise<Reached<null>> {
  const hop = await takeHop({ endpoints: options.via, proxyCommand: options.proxyCommand }, { way, deps });
  if (!hop.ok) return hop;
  const through = hop.value?.link.connection ?? options.proxyCommand;
  const shown = await openEndpoint(options, through, { way, deps, isLook: true });
  hop.value?.release();
  // What failed for another reason than the key is told by the connection that comes next.
  return shown.ok || shown.unknownHostKey === undefined ? { ok: true, value: null } : shown;
}

function takeLast(chain: Chain, role: 'node' | 'hop', { way, deps }: Travel): Promise<Reached<Lease>> {
  const endpoint = chain.endpoints.at(-1);
  if (!endpoint) throw new Error('a chain has an end');
  // A connection that is watched is nobody else's.
  const key = keyOf(chain, deps) + (way.debug ? randomUUID() : '');
  const connect = (shared: Way): Promise<Reached<Opened>> => openLast(chain, endpoint, { way: shared, deps });
  return deps.pool.take({ key, port: endpoint.port, role, connect }, way);
}

/** Whether a connection to a node stands. */
export function isReached(options: SshOptions, deps: RouteDeps): boolean {
  return deps.pool.has(
    keyOf({ endpoints: [...options.via, options], proxyCommand: options.proxyCommand }, deps),
  );
}

function keyOf({ endpoints, proxyCommand }: Chain, { agentSocket }: RouteDeps): string {
  return JSON.stringify([endpoints.map(sharedSettings), proxyCommand, agentSocket]);
}

/** What two nodes must have in common to be reached by the same connection. */
function sharedSettings(endpoint: SshHop): unknown {
  const { host, port, user, auth, identityFiles, identitiesOnly, knownHosts, hostKeyAlias } = endpoint;
  return [host, port, user, auth, identityFiles, identitiesOnly, knownHosts, hostKeyAlias];
}

/** The connection through the last of the hops; undefined where there is none. */
async function takeHop(chain: Chain, travel: Travel): Promise<Reached<Lease | undefined>> {
  const hop = chain.endpoints.at(-1);
  if (!hop) return { ok: true, value: undefined };
  const reached = await takeLast(chain, 'hop', travel);
  return reached.ok ? reached : { ok: false, ...viaHop(hop, reached) };
}

async function openLast(chain: Chain, endpoint: SshHop, travel: Travel): Promise<Reached<Opened>> {
  const hop = await takeHop({ ...chain, endpoints: chain.endpoints.slice(0, -1) }, travel);
  if (!hop.ok) return hop;
  const carrier = hop.value;
  const reached = await openEndpoint(endpoint, carrier?.link.connection ?? chain.proxyCommand, travel);
  if (!reached.ok) {
    carrier?.release();
    return reached;
  }
  const { connection, isTrusted } = reached.value;
  const isWayTrusted = async (): Promise<boolean> =>
    (await isTrusted()) && (await (carrier?.link.isTrusted() ?? true));
  return {
    ok: true,
    value: { connection, isTrusted: isWayTrusted, release: () => carrier?.release() },
  };
}

/** Bytes before the identification that are borne (RFC 4253, 4.2 allows other lines). */
const mostGreeting = 16_384;

async function awaitGreeting(stream: Duplex, port: number, way: Way): Promise<Reached<null>> {
  way.enter('banner');
  const greeted = await takeStep<null>(
    way,
    ({ done, fail }) => {
      let text = '';
      stream.on('data', (chunk: Uint8Array) => {
        text += Buffer.from(chunk).toString('latin1');
        if (/^SSH-/m.test(text)) done(null);
        else if (text.length > mostGreeting) fail(unreachable('protocol', `port ${port} does not speak SSH`));
      });
      stream.once('error', (error: Error) => fail(unreachable('protocol', visible(error.message))));
      stream.once('close', () => fail(unreachable('protocol', `port ${port} closed without a greeting`)));
      return () => undefined;
    },
    lateMessage(port, way.deadline.totalMs),
  );
  stream.destroy();
  return greeted;
}

/**
 * A hop that fails is no failure of the node; only its host key stays a question for a person, and who was turned away
 * by it for having too many callers is tried again.
 */
function viaHop({ host }: SshHop, failure: Failure): Failure {
  const { outcome, unknownHostKey, via } = failure;
  if (outcome.status !== 'unreachable' || via !== undefined) return failure;
  const message = `via ${host}: ${outcome.message}`;
  if (unknownHostKey) return { ...unreachable('host-key', message), unknownHostKey, via: host };
  const kind = outcome.kind === 'throttled' ? 'throttled' : 'jump';
  return { ...unreachable(kind, message), via: host };
}

type Travel = {
  way: Way;
  deps: RouteDeps;
  /** Go no further than the host key. */
  isLook?: boolean;
};

/** The connection that carries the next one, or the proxy command that does; nothing goes straight. */
type Through = SshConnection | string | undefined;

type Verified = Pick<Opened, 'connection' | 'isTrusted'>;

async function openEndpoint(endpoint: SshHop, through: Through, travel: Travel): Promise<Reached<Verified>> {
  const book = await travel.deps.knownHosts.open(endpoint.knownHosts);
  const address = knownAddress({ ...endpoint, alias: endpoint.hostKeyAlias });
  const known = book.keyTypes(address, 'readable');
  const first = await connectOnce(endpoint, through, { ...travel, book, keyTypes: known });
  if (first.reached.ok || !first.isOtherKey) return first.reached;
  // Hashed names are too slow to look up before every connection. If they have keys of other types, ask for those.
  const all = book.keyTypes(address, 'all');
  if (all.length === known.length) return first.reached;
  return (await connectOnce(endpoint, through, { ...travel, book, keyTypes: all })).reached;
}

async function connectOnce(
  endpoint: SshHop,
  through: Through,
  { way, deps, book, keyTypes, isLook = false }: Travel & { book: HostKeyBook; keyTypes: readonly string[] },
): Promise<{ reached: Reached<Verified>; isOtherKey: boolean }> {
  const account = { ...endpoint, user: endpoint.user ?? deps.userName };
  const carried = await carry(account, through, { way, deps });
  if (!carried.ok) return { reached: carried, isOtherKey: false };
  const { stream: socket, explain } = carried.value;
  const { host, port, hostKeyAlias: alias } = endpoint;
  const hostCheck = createHostCheck({ host, port, alias }, { book, isLook });
  const login = createLogin(account, deps, way);
  const { keepalive } = deps;
  const handshake = { endpoint: account, socket, hostCheck, login, keyTypes, keepalive };
  const reached = await shakeHands(handshake, way);
  const isOtherKey = hostCheck.verdict()?.type === 'changed';
  if (!reached.ok) {
    const failure = explain ? await explain(reached, way) : reached;
    return { reached: { ...failure, ok: false }, isOtherKey };
  }
  const isTrusted = async (): Promise<boolean> =>
    hostCheck.isKnownIn(await deps.knownHosts.open(endpoint.knownHosts));
  return { reached: { ok: true, value: { connection: reached.value, isTrusted } }, isOtherKey };
}

type Carried = { stream: Duplex; explain?: Proxied['explain'] };

/** Opens the stream on which SSH is spoken with an endpoint. */
async function carry(
  endpoint: SshHop & { user: string },
  through: Through,
  { way, deps }: Travel,
): Promise<Reached<Carried>> {
  if (typeof through === 'string') {
    const tokens = { ...endpoint, name: endpoint.name ?? endpoint.host };
    return dialProxy(through, tokens, { way, deps: deps.proxy });
  }
  const socket = await (through ? forward(endpoint, through, way) : dial(endpoint, way));
  return socket.ok ? { ok: true, value: { stream: socket.value } } : socket;
}

/** A stream to an address as the hop sees it. */
function forward({ host, port }: SshHop, hop: SshConnection, way: Way): Promise<Reached<Duplex>> {
  way.enter('tcp');
  return takeStep(
    way,
    ({ done, fail }) => {
      let abandoned = false;
      try {
        if (!hop.forward) fail(unreachable('jump', 'the jump host can not pass connections on'));
        hop.forward?.('127.0.0.1', 0, host, port, (error, channel) => {
          if (error) fail(forwardFailure(host, port, error));
          else if (abandoned) channel.close();
          else done(channel);
        });
      } catch (error) {
        fail(unreachable('jump', `the jump host is gone: ${hop.loss() ?? messageOf(error)}`));
      }
      return () => (abandoned = true);
    },
    lateMessage(port, way.deadline.totalMs),
  );
}

/** Reasons of RFC 4254, 5.1: 1 is prohibited, 2 is that the connection failed, 4 that there is no room for more. */
function forwardFailure(host: string, port: number, error: Error & { reason?: unknown }): Failure {
  const detail = visible(error.message).slice(0, 200);
  if (error.reason === 4)
    return unreachable('throttled', `the jump host takes no more connections: ${detail}`);
  if (error.reason !== 2) return unreachable('jump', `the jump host does not forward: ${detail}`);
  if (/refused/i.test(detail)) return unreachable('refused', `connection refused on port ${port}`);
  if (/not known|resolve|no address/i.test(detail))
    return unreachable('dns', `there is no address for ${host}`);
  return unreachable('timeout', `no answer on port ${port}: ${detail}`);
}
