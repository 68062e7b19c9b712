import { userInfo } from 'node:os';
import { join } from 'node:path';
import { endpointProblem } from '../../../core/run/unsafe.ts';
import { sshOptions, type SshOptions } from '../../../core/plugin/options.ts';
import type { ConnectContext, Connected, Session, Transport } from '../../../core/plugin/transport.ts';
import type { ConnectionInfo } from '../../../core/run/events.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { sentenceOf } from '../../../core/util/problem.ts';
import { carrying } from '../files/carry.ts';
import type { Keepalive } from './connection.ts';
import { runCommand, stopProcess, type ExecDeps } from './exec.ts';
import { openFiles } from './files.ts';
import { createKeyStore } from './keys.ts';
import type { KnownHosts } from './knownHosts.ts';
import { openChannels, type NodeChannels } from './nodeChannels.ts';
import type { Lease, Pool } from './pool.ts';
import { greetNode, isReached, reachNode, type RouteDeps, showHostKey } from './route.ts';
import { openWay } from './way.ts';
import { withoutKeys } from './withoutKeys.ts';

export type SshDeps = {
  readonly knownHosts: KnownHosts;
  readonly pool: Pool;
  readonly clock: Clock;
  /** The person's home folder, where the default keys are. */
  readonly home: string;
  /** Login name for nodes that name none; else that of the person we run as. */
  readonly userName?: string;
  /** Socket of the person's agent; absent where none runs. */
  readonly agentSocket?: string | undefined;
  /** What a proxy command gets a part of; without it, our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Without it, 15 s and 3 silences. */
  readonly keepalive?: Keepalive;
};

/** Reaches nodes over SSH, by ssh2, over connections of a pool; hosts are verified against known_hosts. */
export function createSshTransport(deps: SshDeps): Transport<SshOptions> {
  const login = routeDepsOf(deps);
  return {
    name: 'ssh',
    options: sshOptions,
    async probe(target, options, context) {
      const message = addressProblem(options);
      if (message !== undefined) return { status: 'refused', by: 'validation', message };
      using way = openWay(deps.clock, context);
      const greeted = await greetNode({ ...options, name: target.node }, way, login);
      return greeted.ok ? undefined : greeted.outcome;
    },
    isConnected({ options }) {
      const parsed = sshOptions.safeParse(options);
      return parsed.success && isReached(parsed.data, login);
    },
    hostKeys: {
      missing: (targets) => withoutKeys(targets, deps.knownHosts),
      async fetch(target, options, context) {
        if (addressProblem(options) !== undefined) return undefined;
        using way = openWay(deps.clock, context);
        const shown = await showHostKey({ ...options, name: target.node }, way, login);
        if (shown.ok || !shown.unknownHostKey) return undefined;
        const { outcome, unknownHostKey, via } = shown;
        return { outcome, unknownHostKey, isHop: via !== undefined };
      },
    },
    async connect(target, options, context) {
      const message = addressProblem(options);
      if (message !== undefined)
        return { ok: false, outcome: { status: 'refused', by: 'validation', message } };
      return connect({ ...options, name: target.node }, context, login);
    },
  };
}

async function connect(
  destination: SshOptions & { readonly name: string },
  context: ConnectContext,
  login: RouteDeps,
): Promise<Connected> {
  const { clock } = login.proxy;
  using way = openWay(clock, context);
  const reached = await reachNode(destination, way, login);
  if (!reached.ok) return reached;
  way.enter('channel');
  const info = infoOf(destination, reached.value, login.userName);
  const { host, port } = destination;
  context.debug?.(`connected to ${host}:${port} as ${info.user}, ${info.auth ?? 'no login'}`);
  const channels = openChannels(reached.value, async (signal) => {
    using again = openWay(clock, { ...context, signal, onPhase: () => {} });
    return reachNode(destination, again, login);
  });
  const timeoutMs = context.phaseTimeoutsMs?.channel ?? context.timeoutMs;
  const isWatched = context.debug !== undefined;
  return { ok: true, session: openSession(info, channels, { clock, timeoutMs, isWatched }) };
}

function routeDepsOf(deps: SshDeps): RouteDeps {
  const shorten = (path: string): string =>
    path.startsWith(`${deps.home}/`) ? `~${path.slice(deps.home.length)}` : path;
  const userName = deps.userName ?? userInfo().username;
  return {
    keys: createKeyStore(shorten),
    shorten,
    agentSocket: deps.agentSocket,
    defaultKeys: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(deps.home, '.ssh', name)),
    userName,
    keepalive: deps.keepalive ?? { intervalMs: 15_000, count: 3 },
    knownHosts: deps.knownHosts,
    pool: deps.pool,
    proxy: {
      clock: deps.clock,
      home: deps.home,
      env: deps.env ?? process.env,
      agentSocket: deps.agentSocket,
    },
  };
}

/** A session over channels; connections on which a command may go on, or that were watched, are not used again. */
export function openSession(
  info: ConnectionInfo,
  channels: NodeChannels,
  deps: ExecDeps & { isWatched?: boolean },
): Session {
  const exec: Session['exec'] = async (request, context) => {
    const exit = await runCommand(channels, request, { ...context, ...deps });
    const isOpen = exit.type === 'lost' || (exit.type === 'stopped' && exit.remote === 'may-still-run');
    if (isOpen) channels.suspect();
    return exit;
  };
  return {
    info,
    exec,
    ...carrying({ clock: deps.clock, open: (signal) => openFiles(channels, { ...deps, signal }), run: exec }),
    stop: (process, as) => stopProcess({ process, ...as, isOld: true }, { channels, clock: deps.clock }),
    [Symbol.asyncDispose]: async () => {
      if (deps.isWatched) channels.suspect();
      channels.release();
    },
  };
}

/** Names that could become an option or a command are refused before anything looks them up. */
function addressProblem(options: SshOptions): string | undefined {
  for (const hop of [...options.via, options]) {
    const problem = endpointProblem(hop);
    if (problem) return sentenceOf(problem);
  }
  return undefined;
}

function infoOf(options: SshOptions, { link, isReused }: Lease, userName: string): ConnectionInfo {
  const { auth, hostKey } = link.connection;
  return {
    transport: 'ssh',
    host: options.host,
    port: options.port,
    user: options.user ?? userName,
    via: options.via.map(({ host, port, user }) => ({ host, port, user: user ?? userName })),
    ...(auth !== undefined && { auth }),
    ...(hostKey !== undefined && { hostKey }),
    ...(isReused && { reused: true }),
  };
}
