import type { Duplex } from 'node:stream';
import type { SshHop, SshOptions } from '../../../core/plugin/options.ts';
import type { AskSecret } from '../../../core/plugin/transport.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import { shakeHands, type Keepalive, type SshConnection } from './connection.ts';
import { dial } from './dial.ts';
import { lateMessage } from './failures.ts';
import { createHostCheck, knownAddress } from './hostCheck.ts';
import type { HostKeyBook, KnownHosts } from './knownHosts.ts';
import { createLogin, type LoginDeps } from './login.ts';
import { dialProxy, type Proxied, type ProxyDeps } from './proxy.ts';
import { takeStep, unreachable, type Failure, type Reached, type Way } from './step.ts';

export type RouteDeps = LoginDeps & {
  readonly knownHosts: Pick<KnownHosts, 'open'>;
  readonly proxy: ProxyDeps;
  readonly keepalive: Keepalive;
  readonly userName: string;
  readonly askSecret: AskSecret | undefined;
};

/** The connections on the way to a node. */
export type Route = { readonly hops: readonly SshConnection[]; readonly node: SshConnection };

type Destination = SshOptions & { readonly name: string };

/**
 * Connects to the first hop, by the proxy command if there is one, through it to the next, and so on to the node.
 * Each is verified under its own name against its own known_hosts. `name` is that of the node.
 */
export async function openRoute(options: Destination, way: Way, deps: RouteDeps): Promise<Reached<Route>> {
  const hops = await openHops(options, way, deps);
  if (!hops.ok) return hops;
  const node = await openEndpoint(options, hops.value.at(-1) ?? options.proxyCommand, { way, deps });
  if (node.ok) return { ok: true, value: { hops: hops.value, node: node.value } };
  closeAll(hops.value);
  return node;
}

/** Goes the same way and only waits for the node to say that it speaks SSH: nobody is logged in to it. */
export async function greetNode(options: Destination, way: Way, deps: RouteDeps): Promise<Reached<null>> {
  const hops = await openHops(options, way, deps);
  if (!hops.ok) return hops;
  const account = { ...options, user: options.user ?? deps.userName };
  const carried = await carry(account, hops.value.at(-1) ?? options.proxyCommand, { way, deps });
  const greeted = carried.ok ? await awaitGreeting(carried.value.stream, options.port, way) : carried;
  closeAll(hops.value);
  return greeted;
}

async function openHops(options: Destination, way: Way, deps: RouteDeps): Promise<Reached<SshConnection[]>> {
  const hops: SshConnection[] = [];
  for (const hop of options.via) {
    const reached = await openEndpoint(hop, hops.at(-1) ?? options.proxyCommand, { way, deps });
    if (!reached.ok) {
      closeAll(hops);
      return { ok: false, ...viaHop(hop, reached) };
    }
    hops.push(reached.value);
  }
  return { ok: true, value: hops };
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

export function closeRoute({ hops, node }: Route): void {
  closeAll([...hops, node]);
}

function closeAll(connections: readonly SshConnection[]): void {
  for (const connection of connections.toReversed()) connection.close();
}

/** A hop that fails is no failure of the node; only its host key stays a question for a person. */
function viaHop(hop: SshHop, { outcome, unknownHostKey }: Failure): Failure {
  if (outcome.status !== 'unreachable') return { outcome };
  const message = `via ${hop.host}: ${outcome.message}`;
  if (unknownHostKey) return { ...unreachable('host-key', message), unknownHostKey };
  return unreachable('jump', message);
}

type Travel = { way: Way; deps: RouteDeps };

/** The connection that carries the next one, or the proxy command that does; nothing goes straight. */
type Through = SshConnection | string | undefined;

async function openEndpoint(
  endpoint: SshHop,
  through: Through,
  travel: Travel,
): Promise<Reached<SshConnection>> {
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
  { way, deps, book, keyTypes }: Travel & { book: HostKeyBook; keyTypes: readonly string[] },
): Promise<{ reached: Reached<SshConnection>; isOtherKey: boolean }> {
  const account = { ...endpoint, user: endpoint.user ?? deps.userName };
  const carried = await carry(account, through, { way, deps });
  if (!carried.ok) return { reached: carried, isOtherKey: false };
  const { stream: socket, explain } = carried.value;
  const { host, port, hostKeyAlias: alias } = endpoint;
  const hostCheck = createHostCheck({ host, port, alias }, book);
  const login = createLogin(account, deps, deps.askSecret);
  const { keepalive } = deps;
  const handshake = { endpoint: account, socket, hostCheck, login, keyTypes, keepalive };
  const reached = await shakeHands(handshake, way);
  return {
    reached: reached.ok || !explain ? reached : { ok: false, ...(await explain(reached, way)) },
    isOtherKey: hostCheck.verdict()?.type === 'changed',
  };
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
        hop.client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
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

/** Reasons of RFC 4254, 5.1: 1 is prohibited, 2 is that the connection failed. */
function forwardFailure(host: string, port: number, error: Error & { reason?: unknown }): Failure {
  const detail = visible(error.message).slice(0, 200);
  if (error.reason !== 2) return unreachable('jump', `the jump host does not forward: ${detail}`);
  if (/refused/i.test(detail)) return unreachable('refused', `connection refused on port ${port}`);
  if (/not known|resolve|no address/i.test(detail))
    return unreachable('dns', `there is no address for ${host}`);
  return unreachable('timeout', `no answer on port ${port}: ${detail}`);
}
