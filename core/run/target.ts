import { parseAddress, type Address } from '../inventory/address.ts';
import type { InventoryIndex, InventoryNode } from '../inventory/model.ts';
import type { Connection } from '../inventory/settings.ts';
import type { SshHop } from '../plugin/options.ts';
import { transportOf } from './transportOf.ts';
import { defaultLimits, type PlanRequest, type Target } from './plan.ts';

/** What was asked for that concerns how nodes are reached. */
export type TargetRequest = Pick<PlanRequest, 'limits' | 'knownHosts'> & {
  /** Milliseconds that connecting may take where neither the request nor the inventory says. */
  readonly usualConnectTimeoutMs?: number;
};

/** Copies what running on the node needs; jump nodes are looked up here, so that nothing is later. */
export function targetOf(node: InventoryNode, request: TargetRequest, index: InventoryIndex): Target {
  const { connection } = node;
  const { transport } = transportOf(node, index);
  const { limits, usualConnectTimeoutMs = defaultLimits.connectTimeoutMs } = request;
  return {
    node: node.name,
    transport,
    options: optionsOf(node, transport, { request, index }),
    connectTimeoutMs: limits?.connectTimeoutMs ?? connection.connectTimeoutMs ?? usualConnectTimeoutMs,
    tags: node.tags,
    vars: node.vars,
  };
}

type Asked = { readonly request: TargetRequest; readonly index: InventoryIndex };

function optionsOf(node: InventoryNode, transport: string, { request, index }: Asked): Target['options'] {
  const { connection } = node;
  if (transport === 'local') return localOptionsOf(connection);
  const options = sshOptionsOf(connection, request, index);
  return transport === 'openssh' ? opensshOptionsOf(node, options, index) : options;
}

/** The name stays, as configurations know nodes by it; a port that is the usual one is up to the configuration. */
function opensshOptionsOf(
  { name, connection }: InventoryNode,
  { port, ...options }: Target['options'],
  index: InventoryIndex,
): Target['options'] {
  const sshConfig = sshConfigOf(connection, index);
  return {
    ...options,
    name,
    ...(port !== 22 && { port }),
    ...(sshConfig !== undefined && { sshConfig }),
  };
}

/**
 * The configuration of the node, else of its first jump host that has one. A node that came to openssh by its way alone
 * has none: nothing counts but what the inventory says.
 */
function sshConfigOf({ transport, sshConfig, jump }: Connection, index: InventoryIndex): string | undefined {
  if (sshConfig !== undefined) return sshConfig;
  const hops = jump.flatMap((name) => index.nodes.get(name)?.connection ?? []);
  const first = hops.find((hop) => hop.transport === 'openssh' && hop.sshConfig !== undefined);
  if (first) return first.sshConfig;
  return [transport, ...hops.map((hop) => hop.transport)].includes('openssh') ? undefined : 'none';
}

function localOptionsOf(connection: Connection): Target['options'] {
  return { cwd: connection.cwd ?? '.' };
}

function sshOptionsOf(
  connection: Connection,
  request: TargetRequest,
  index: InventoryIndex,
): Target['options'] {
  const knownHosts = request.knownHosts === undefined ? connection.knownHosts : [request.knownHosts];
  const proxyCommand = proxyCommandOf(connection, index);
  const known = knownHosts !== undefined && { knownHosts };
  const isAsked = request.knownHosts !== undefined;
  const login: SshHop = { ...loginOf(connection), ...known };
  return {
    ...login,
    ...(proxyCommand !== undefined && { proxyCommand }),
    via: hopsOf(connection, index).map((hop) => ({ ...hop, ...(isAsked && known) })),
  };
}

type Login = Pick<
  Connection,
  'host' | 'port' | 'user' | 'identityFiles' | 'identitiesOnly' | 'knownHosts' | 'hostKeyAlias' | 'auth'
>;

function loginOf(login: Login): SshHop {
  const { host, port, user, identityFiles, identitiesOnly, knownHosts, hostKeyAlias, auth } = login;
  return {
    host,
    port,
    auth,
    identityFiles,
    ...(user !== undefined && { user }),
    ...(identitiesOnly !== undefined && { identitiesOnly }),
    ...(knownHosts !== undefined && { knownHosts }),
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
  };
}

/** The way to a node, the first hop to connect to first. A jump node may itself have jumps. */
function hopsOf(
  connection: Connection,
  index: InventoryIndex,
  seen: ReadonlySet<string> = new Set(),
): SshHop[] {
  return connection.jump.flatMap((jump) => {
    if (seen.has(jump)) return [];
    const node = index.nodes.get(jump);
    if (!node) return [hostHop(jump, connection)];
    return [
      ...hopsOf(node.connection, index, new Set([...seen, jump])),
      { ...loginOf(node.connection), name: jump },
    ];
  });
}

/** The command that carries the connection to the first hop: that hop's own, else the node's. */
function proxyCommandOf(
  { jump, proxyCommand }: Connection,
  index: InventoryIndex,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  const [first] = jump;
  const hop = first === undefined || seen.has(first) ? undefined : index.nodes.get(first);
  if (first === undefined || !hop) return proxyCommand;
  return proxyCommandOf(hop.connection, index, new Set([...seen, first])) ?? proxyCommand;
}

/**
 * `[user@]host[:port]` that no inventory knows: reached with the node's own keys and verified against its known_hosts.
 * One that can not be read stays as it is, and the transport refuses it.
 */
function hostHop(text: string, { auth, identityFiles, identitiesOnly, knownHosts }: Connection): SshHop {
  const address = parseAddress(text);
  const { host, port = 22, user }: Address = 'host' in address ? address : { host: text };
  return loginOf({ host, port, user, auth, identityFiles, identitiesOnly, knownHosts });
}
