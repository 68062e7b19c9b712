import { userInfo } from 'node:os';
import { opensshOptions, type OpensshOptions } from '../../../core/plugin/options.ts';
import type { ConnectContext, Transport } from '../../../core/plugin/transport.ts';
import type { ConnectionInfo } from '../../../core/run/events.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { messageOf } from '../../../core/util/errors.ts';
import type { Keepalive } from '../ssh/connection.ts';
import type { KnownHosts } from '../ssh/knownHosts.ts';
import { openChannels } from '../ssh/nodeChannels.ts';
import type { Lease, Opened, Pool } from '../ssh/pool.ts';
import { proxyEnvironment } from '../ssh/proxy.ts';
import type { Failure, Reached, Way } from '../ssh/step.ts';
import { openSession } from '../ssh/transport.ts';
import { openWay } from '../ssh/way.ts';
import { withoutKeys } from '../ssh/withoutKeys.ts';
import { carrierOf } from './carrier.ts';
import { openAskpass } from './askpass.ts';
import { optionsProblem, strangerLines, withoutLogin, writeWay } from './config.ts';
import { openMaster, runSsh, type Master, type MasterDeps, type Run } from './master.ts';
import { withShownKey } from './shownKey.ts';
import { stampsOf } from './stamps.ts';

export type OpensshDeps = {
  readonly knownHosts: KnownHosts;
  readonly pool: Pool;
  readonly clock: Clock;
  /** The person's home folder. */
  readonly home: string;
  /** Socket of the person's agent; absent where none runs. */
  readonly agentSocket?: string | undefined;
  readonly folder: MasterDeps['folder'];
  /** What ssh gets a part of; without it, our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Name or path of the ssh program; without it, the one in the PATH. */
  readonly program?: string;
  /** Program by which ssh asks for passphrases and passwords; without it nobody is asked. */
  readonly askpassProgram?: string | undefined;
  /** Without it, 15 s and 3 silences. */
  readonly keepalive?: Keepalive;
};

/**
 * Reaches nodes by the system's ssh, for what ssh2 can not do: certificates, security keys, GSSAPI, all that an
 * ssh_config may say. A master for each connection; commands are channels over its control socket.
 */
export function createOpensshTransport(deps: OpensshDeps): Transport<OpensshOptions> {
  const { clock } = deps;
  const ssh = createSsh(deps);
  return {
    name: 'openssh',
    options: opensshOptions,
    async probe(_target, options, context) {
      const refused = refusal(options);
      if (refused) return refused.outcome;
      using way = openWay(clock, context);
      const answered = await runSsh(ssh.runOf(options, strangerLines()), way, ssh.master).catch(noFolder);
      return answered.ok || isStranger(answered) ? undefined : answered.outcome;
    },
    hostKeys: {
      missing: (targets) =>
        withoutKeys(
          targets.map(({ target, options }) => ({
            target,
            options: { ...options, port: options.port ?? 22 },
          })),
          deps.knownHosts,
        ),
      async fetch(_target, options, context) {
        if (refusal(options)) return undefined;
        using way = openWay(clock, context);
        const met = await runSsh(ssh.runOf(options, withoutLogin), way, ssh.master).catch(noFolder);
        const shown = met.ok ? undefined : await ssh.show(met, options, way);
        if (!shown?.unknownHostKey) return undefined;
        const { outcome, unknownHostKey, via } = shown;
        return { outcome, unknownHostKey, isHop: via !== undefined };
      },
    },
    async connect(_target, options, context) {
      const refused = refusal(options);
      if (refused) return { ok: false, ...refused };
      using way = openWay(clock, context);
      const reached = await ssh.take(options, way);
      if (!reached.ok) return reached;
      way.enter('channel');
      const another = async (signal: AbortSignal): Promise<Reached<Lease>> => {
        const again: ConnectContext = { ...context, signal, onPhase: () => undefined };
        using further = openWay(clock, again);
        return await ssh.take(options, further);
      };
      const channels = openChannels(reached.value, another);
      const exec = { clock, timeoutMs: context.timeoutMs };
      return { ok: true, session: openSession(infoOf(options, reached.value), channels, exec) };
    },
  };
}

type Ssh = {
  readonly master: MasterDeps;
  /** How ssh is run for a node; `ahead` goes over all that is said about it. */
  runOf(options: OpensshOptions, ahead?: readonly string[]): Run;
  /** Adds the key to a failure because of one that is not known. */
  show(failure: Failure, options: OpensshOptions, way: Way): Promise<Failure>;
  /** A connection to the node, from the pool. */
  take(options: OpensshOptions, way: Way): Promise<Reached<Lease>>;
};

function createSsh(deps: OpensshDeps): Ssh {
  const { clock, home, folder, keepalive = { intervalMs: 15_000, count: 3 }, program = 'ssh' } = deps;
  const env = proxyEnvironment({ env: deps.env ?? process.env, agentSocket: deps.agentSocket });
  const master: MasterDeps = { clock, folder, program };
  const runOf: Ssh['runOf'] = (options, ahead) => ({
    way: writeWay(options, { home, keepalive }, ahead),
    env,
    words: unasked,
    port: options.port ?? 22,
    user: options.user,
  });
  const show: Ssh['show'] = (failure, options, way) =>
    withShownKey(failure, options, { way, deps: { ...deps, ...master, runOf } });
  const open = async (options: OpensshOptions, way: Way): Promise<Reached<Opened>> => {
    const stamps = await stampsOf(options, home);
    const opened = await openAsking(runOf(options), way, { ...deps, master }).catch(noFolder);
    if (!opened.ok) {
      const failure = await show(opened, options, way);
      const isMet =
        isAboutKey(failure) && !failure.unknownHostKey && (await stampsOf(options, home)) !== stamps;
      // Somebody else has saved the key meanwhile.
      return isMet ? open(options, way) : { ...failure, ok: false };
    }
    // Once known_hosts or the configuration has changed, ssh has to look again.
    const isTrusted = async (): Promise<boolean> => (await stampsOf(options, home)) === stamps;
    const connection = carrierOf(opened.value);
    return { ok: true, value: { connection, isTrusted, release: () => undefined } };
  };
  return {
    master,
    runOf,
    show,
    take(options, way) {
      const { way: written, port } = runOf(options);
      const key = JSON.stringify(['openssh', written.destination, written.config, deps.agentSocket]);
      return deps.pool.take({ key, port, role: 'node', connect: (shared) => open(options, shared) }, way);
    },
  };
}

/** Who has shown a host key that is not known answers. */
function isStranger(failure: Failure): boolean {
  return failure.via === undefined && isAboutKey(failure);
}

function isAboutKey({ outcome }: Failure): boolean {
  return outcome.status === 'unreachable' && outcome.kind === 'host-key';
}

const unasked: readonly string[] = ['-o', 'BatchMode=yes'];

type Asking = Pick<OpensshDeps, 'askpassProgram' | 'home'> & { readonly master: MasterDeps };

/** Opens a master that asks the person who waits, if there is one. */
async function openAsking(
  run: Run,
  way: Way,
  { askpassProgram: program, home, master }: Asking,
): Promise<Reached<Master>> {
  const { askSecret } = way;
  if (!askSecret || program === undefined) return openMaster(run, way, master);
  const shorten = (path: string): string =>
    path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
  const askpass = await openAskpass({
    folder: await master.folder(),
    program,
    askSecret,
    shorten,
    host: run.way.destination,
  });
  const { givenUp } = askpass;
  const asking: Run = { ...run, words: [], env: { ...run.env, ...askpass.env }, givenUp };
  try {
    return await openMaster(asking, way, master);
  } finally {
    await askpass.close();
  }
}

function refusal(options: OpensshOptions): Failure | undefined {
  const message =
    process.platform === 'win32'
      ? 'The ssh of Windows shares no connections (ControlMaster), which transport: openssh needs. Use transport: ssh.'
      : optionsProblem(options);
  return message === undefined ? undefined : { outcome: { status: 'refused', by: 'validation', message } };
}

/** The folder for sockets can not be made, or is not ours. */
function noFolder(error: unknown): { ok: false } & Failure {
  const message = `ssh has no folder for its control socket: ${messageOf(error)}. Set XDG_RUNTIME_DIR to a folder of your own.`;
  return { ok: false, outcome: { status: 'refused', by: 'validation', message } };
}

function infoOf(options: OpensshOptions, { link, isReused }: Lease): ConnectionInfo {
  const { auth, hostKey } = link.connection;
  const me = userInfo().username;
  const { host, port = 22, user, via } = options;
  return {
    transport: 'openssh',
    host,
    port,
    ...(user !== undefined && { user }),
    via: via.map((hop) => ({ host: hop.host, port: hop.port, user: hop.user ?? me })),
    ...(auth !== undefined && { auth }),
    ...(hostKey !== undefined && { hostKey }),
    ...(isReused && { reused: true }),
  };
}
