import type { Duplex } from 'node:stream';
import type { SshHop, SshOptions } from '../../../core/plugin/options.ts';
import type { AskSecret } from '../../../core/plugin/transport.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import { shakeHands, type Keepalive, type SshConnection } from './connection.ts';
import { dial } from './dial.ts';
import { lateMessage } from './failures.ts';
import { createHostCheck } from './hostCheck.ts';
import type { HostKeyBook } from './knownHosts.ts';
import { createLogin, type LoginDeps } from './login.ts';
import { takeStep, unreachable, type Failure, type Reached, type Way } from './step.ts';

export type RouteDeps = LoginDeps & {
  readonly book: HostKeyBook;
  readonly keepalive: Keepalive;
  readonly userName: string;
  readonly askSecret: AskSecret | undefined;
};

/** The connections on the way to a node. */
export type Route = { readonly hops: readonly SshConnection[]; readonly node: SshConnection };

/** Connects to the first hop, through it to the next, and so on to the node. Each is verified under its own name. */
export async function openRoute(options: SshOptions, way: Way, deps: RouteDeps): Promise<Reached<Route>> {
  const hops: SshConnection[] = [];
  for (const hop of options.via) {
    const reached = await openEndpoint(hop, hops.at(-1), { way, deps });
    if (!reached.ok) {
      closeAll(hops);
      return { ok: false, ...viaHop(hop, reached) };
    }
    hops.push(reached.value);
  }
  const node = await openEndpoint(options, hops.at(-1), { way, deps });
  if (node.ok) return { ok: true, value: { hops, node: node.value } };
  closeAll(hops);
  return node;
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

async function openEndpoint(
  endpoint: SshHop,
  through: SshConnection | undefined,
  travel: Travel,
): Promise<Reached<SshConnection>> {
  const { book } = travel.deps;
  const known = book.keyTypes(endpoint, 'readable');
  const first = await connectOnce(endpoint, through, { ...travel, keyTypes: known });
  if (first.reached.ok || !first.isOtherKey) return first.reached;
  // Hashed names are too slow to look up before every connection. If they have keys of other types, ask for those.
  const all = book.keyTypes(endpoint, 'all');
  if (all.length === known.length) return first.reached;
  return (await connectOnce(endpoint, through, { ...travel, keyTypes: all })).reached;
}

async function connectOnce(
  endpoint: SshHop,
  through: SshConnection | undefined,
  { way, deps, keyTypes }: Travel & { keyTypes: readonly string[] },
): Promise<{ reached: Reached<SshConnection>; isOtherKey: boolean }> {
  const socket = await (through ? forward(endpoint, through, way) : dial(endpoint, way));
  if (!socket.ok) return { reached: socket, isOtherKey: false };
  const account = { ...endpoint, user: endpoint.user ?? deps.userName };
  const hostCheck = createHostCheck({ host: endpoint.host, port: endpoint.port }, deps.book);
  const login = createLogin(account, deps, deps.askSecret);
  const { keepalive } = deps;
  const handshake = { endpoint: account, socket: socket.value, hostCheck, login, keyTypes, keepalive };
  return { reached: await shakeHands(handshake, way), isOtherKey: hostCheck.verdict()?.type === 'changed' };
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
