import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Connected,
  ExecContext,
  ExecRequest,
  Exit,
  OnOutput,
  Session,
  Transport,
} from '../../../core/plugin/transport.ts';
import type { OpensshOptions, SshOptions } from '../../../core/plugin/options.ts';
import type { PhaseTimeouts } from '../../../core/run/strategy.ts';
import type { Phase } from '../../../core/run/outcome.ts';
import type { Target } from '../../../core/run/plan.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { systemClock } from '../../../engine/clock.ts';
import { createKnownHosts } from '../../../engine/transports/ssh/knownHosts.ts';
import { createPool, type Pool } from '../../../engine/transports/ssh/pool.ts';
import { createOpensshTransport, type OpensshDeps } from '../../../engine/transports/openssh/transport.ts';
import { createSshTransport, type SshDeps } from '../../../engine/transports/ssh/transport.ts';

export const target: Target = {
  node: 'node',
  transport: 'any',
  options: {},
  connectTimeoutMs: 10_000,
  tags: [],
  vars: {},
};

export type Finished = { exit: Exit; stdout: Buffer; stderr: Buffer; pids: number[] };

export type RunOptions = {
  signal?: AbortSignal;
  /** Sees each chunk as well. */
  watch?: (stream: 'stdout' | 'stderr', text: string) => void;
  onOutput?: OnOutput;
  askPassword?: ExecContext['askPassword'];
};

/** Runs a command in a session and gathers all that comes of it. */
export async function run(
  session: Session,
  what: string | ExecRequest,
  options: RunOptions = {},
): Promise<Finished> {
  const chunks = { stdout: new Array<Uint8Array>(), stderr: new Array<Uint8Array>() };
  const pids: number[] = [];
  const exit = await session.exec(typeof what === 'string' ? { command: what } : what, {
    signal: options.signal ?? new AbortController().signal,
    onProcess: (pid) => void pids.push(pid),
    onOutput: (stream, chunk) => {
      chunks[stream].push(chunk);
      options.watch?.(stream, Buffer.from(chunk).toString());
      return options.onOutput?.(stream, chunk);
    },
    ...(options.askPassword && { askPassword: options.askPassword }),
  });
  return { exit, stdout: Buffer.concat(chunks.stdout), stderr: Buffer.concat(chunks.stderr), pids };
}

export type ConnectOptions = {
  signal?: AbortSignal;
  timeoutMs?: number;
  phaseTimeoutsMs?: PhaseTimeouts;
  onPhase?: (phase: Phase) => void;
  askSecret?: (label: string) => Promise<string | undefined>;
};

export function connect<O>(
  transport: Transport<O>,
  options: O,
  given: ConnectOptions = {},
): Promise<Connected> {
  const { askSecret } = given;
  return transport.connect(target, options, {
    signal: given.signal ?? new AbortController().signal,
    timeoutMs: given.timeoutMs ?? 10_000,
    onPhase: given.onPhase ?? (() => {}),
    ...(given.phaseTimeoutsMs && { phaseTimeoutsMs: given.phaseTimeoutsMs }),
    ...(askSecret && {
      askSecret: (asked) => askSecret(typeof asked === 'string' ? asked : asked.label),
    }),
  });
}

export async function opened<O>(
  transport: Transport<O>,
  options: O,
  given: ConnectOptions = {},
): Promise<Session> {
  const connected = await connect(transport, options, given);
  if (!connected.ok) throw new Error(JSON.stringify(connected.outcome));
  return connected.session;
}

/** Connections that are kept for a minute of this clock. */
export function keepingPool(clock: Clock = systemClock): Pool {
  return createPool({ clock, idle: { nodeMs: 60_000, hopMs: 60_000 } });
}

/** A clock on which waiting takes a fortieth of the time. */
export const hastyClock: Clock = {
  now: systemClock.now,
  after: (ms, callback) => systemClock.after(ms / 40, callback),
};

/** An ssh transport with a home folder of its own, empty unless given. */
export function sshTransport(deps: Partial<SshDeps> = {}): Transport<SshOptions> {
  const home = deps.home ?? emptyHome;
  return createSshTransport({
    pool: createPool({ clock: systemClock, idle: { nodeMs: 0, hopMs: 0 } }),
    home,
    clock: systemClock,
    knownHosts: createKnownHosts({ home, systemFiles: [] }),
    ...deps,
  });
}

/** An openssh transport with a home folder of its own, empty unless given. */
export function opensshTransport(deps: Partial<OpensshDeps> = {}): Transport<OpensshOptions> {
  const home = deps.home ?? emptyHome;
  const folder = mkdtempSync(join(tmpdir(), 'mo-'));
  return createOpensshTransport({
    pool: createPool({ clock: systemClock, idle: { nodeMs: 0, hopMs: 0 } }),
    home,
    clock: systemClock,
    knownHosts: createKnownHosts({ home, systemFiles: [] }),
    folder: () => Promise.resolve(folder),
    ...deps,
  });
}

const emptyHome = join(tmpdir(), 'muster-no-such-home');

type Peer = { port: number; identityFile: string; knownHosts: string };

export function optionsFor(
  { port, identityFile, knownHosts }: Peer,
  rest: Partial<SshOptions> = {},
): SshOptions {
  return {
    host: '127.0.0.1',
    port,
    identityFiles: [identityFile],
    knownHosts: [knownHosts],
    auth: ['key'],
    via: [],
    ...rest,
  };
}

/** A folder that goes away again. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'muster-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
