import * as z from 'zod';
import type { Connected, Exit, Session, Transport } from '../../../core/plugin/transport.ts';
import type { UnknownHostKey } from '../../../core/run/events.ts';
import type { Clock } from '../../../core/util/clock.ts';

/** What a node does when it is run on. Times are ms of the virtual clock. */
export type Script = {
  connectMs: number;
  /** Attempts that find nobody there before one gets through. */
  flaky: number;
  connect:
    'ok' | 'refused' | 'auth' | 'throttled' | 'unknown-key' | 'throws' | 'rejects' | 'hangs' | 'hangs-deaf';
  execMs: number;
  exec: 'exit' | 'signal' | 'lost' | 'throws' | 'rejects' | 'hangs' | 'hangs-deaf' | 'talks-after-end';
  exitCode: number;
  chunks: number;
  /** How long a stop takes once it is asked for. */
  stopMs: number;
  stopped: 'stopped' | 'may-still-run';
  /** Instead of the last six, what a command of several does. */
  does?: (command: string) => { ms: number; exit: Exit };
};

export const wellBehaved: Script = {
  connectMs: 5,
  flaky: 0,
  connect: 'ok',
  execMs: 20,
  exec: 'exit',
  exitCode: 0,
  chunks: 1,
  stopMs: 50,
  stopped: 'stopped',
};

export type FakeTransport = Transport & { readonly trusted: Set<string>; readonly peak: () => number };

/** `mostConnecting`: how many may be connecting to one host at once; whoever is one too many is turned away. */
export function fakeTransport(
  clock: Clock,
  scripts: ReadonlyMap<string, Script>,
  mostConnecting: (host: string) => number = () => Infinity,
): FakeTransport {
  const connecting = new Map<string, number>();
  const count = (host: string, more: number): number => {
    const now = (connecting.get(host) ?? 0) + more;
    connecting.set(host, now);
    return now;
  };
  const trusted = new Set<string>();
  const attempts = new Map<string, number>();
  let active = 0;
  let peak = 0;
  const enter = (): void => {
    active++;
    peak = Math.max(peak, active);
  };
  const leave = (): void => {
    active--;
  };
  const scriptOf = (node: string): Script => scripts.get(node) ?? wellBehaved;
  return {
    name: 'fake',
    options: z.unknown(),
    trusted,
    peak: () => peak,
    connect(target, _options, { signal, onPhase }) {
      const script = scriptOf(target.node);
      if (script.connect === 'throws') throw new Error('connect threw');
      enter();
      onPhase('tcp');
      const host = String(target.options['host']);
      const isCrowded = count(host, 1) > mostConnecting(host);
      const connected = new Promise<Connected>((resolve, reject) => {
        if (isCrowded) return void clock.after(1, () => resolve(turnedAway));
        if (script.connect === 'hangs-deaf') return;
        signal.addEventListener('abort', () => {
          clock.after(1, () =>
            resolve({ ok: false, outcome: { status: 'cancelled', remote: 'never-started' } }),
          );
        });
        if (script.connect === 'hangs') return;
        clock.after(script.connectMs, () => {
          if (script.connect === 'rejects') reject(new Error('connect rejected'));
          else {
            const attempt = (attempts.get(target.node) ?? 0) + 1;
            attempts.set(target.node, attempt);
            resolve(connectedTo(script, target.node, { clock, leave, trusted, attempt }));
          }
        });
      });
      return connected.then(
        (result) => {
          count(host, -1);
          if (!result.ok) leave();
          return result;
        },
        (error: unknown) => {
          count(host, -1);
          leave();
          throw error;
        },
      );
    },
  };
}

export function keyOf(node: string): UnknownHostKey {
  return {
    host: node,
    port: 22,
    keyType: 'ssh-ed25519',
    fingerprint: `SHA256:${node}`,
    key: 'AAAA',
    knownHosts: '',
  };
}

type World = { clock: Clock; leave(): void; trusted: ReadonlySet<string>; attempt: number };

const turnedAway: Connected = {
  ok: false,
  outcome: { status: 'unreachable', kind: 'throttled', message: 'too many connections at once' },
};

function connectedTo(script: Script, node: string, world: World): Connected {
  const kind = script.connect === 'ok' && world.attempt <= script.flaky ? 'refused' : script.connect;
  if (kind === 'refused' || kind === 'auth' || kind === 'throttled') {
    return { ok: false, outcome: { status: 'unreachable', kind, message: `connection ${kind}` } };
  }
  if (script.connect === 'unknown-key' && !world.trusted.has(node)) {
    const outcome = { status: 'unreachable', kind: 'host-key', message: 'host key not known' } as const;
    return { ok: false, outcome, unknownHostKey: keyOf(node) };
  }
  return { ok: true, session: session(script, node, world) };
}

function session(script: Script, node: string, { clock, leave }: World): Session {
  let open = true;
  return {
    info: { transport: 'fake', host: node, via: [] },
    exec({ command }, { signal, onOutput, onProcess }) {
      if (script.does) return does(script.does(command), { signal, clock });
      if (script.exec === 'throws') throw new Error('exec threw');
      onProcess(4711);
      for (let at = 0; at < script.chunks; at++) {
        clock.after(
          (script.execMs * at) / script.chunks,
          () => void onOutput('stdout', Buffer.from(`line ${at}\n`)),
        );
      }
      return new Promise<Exit>((resolve, reject) => {
        if (script.exec === 'hangs-deaf') return;
        signal.addEventListener('abort', () => {
          clock.after(script.stopMs, () => resolve({ type: 'stopped', remote: script.stopped }));
        });
        if (script.exec === 'hangs') return;
        clock.after(script.execMs, () => {
          if (script.exec === 'rejects') reject(new Error('exec rejected'));
          else resolve(exitOf(script));
          if (script.exec !== 'talks-after-end') return;
          clock.after(5, () => {
            onProcess(1);
            void onOutput('stderr', Buffer.from('late\n'));
          });
        });
      });
    },
    async [Symbol.asyncDispose]() {
      if (open) leave();
      open = false;
    },
  };
}

function does(
  { ms, exit }: ReturnType<NonNullable<Script['does']>>,
  { signal, clock }: { signal: AbortSignal; clock: Clock },
): Promise<Exit> {
  return new Promise((resolve) => {
    clock.after(ms, () => resolve(exit));
    signal.addEventListener('abort', () => resolve({ type: 'stopped', remote: 'stopped' }));
  });
}

function exitOf(script: Script): Exit {
  if (script.exec === 'signal') return { type: 'signalled', signal: 'SIGKILL' };
  if (script.exec === 'lost') return { type: 'lost', message: 'connection closed' };
  return { type: 'exited', code: script.exitCode };
}
