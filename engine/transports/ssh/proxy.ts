import { spawn, type ChildProcess } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Clock } from '../../../core/util/clock.ts';
import { visible } from '../../../core/util/visible.ts';
import { unreachable, type Failure, type Reached, type Way } from './step.ts';

/** What the tokens of a proxy command stand for (ssh_config(5), TOKENS): `%n`, `%h`, `%p` and `%r`. */
export type ProxyTokens = {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
};

export type ProxyDeps = {
  readonly clock: Clock;
  /** Working folder of the command. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly agentSocket?: string | undefined;
};

/** A stream to the first endpoint through a command, and what the command has to say when that fails. */
export type Proxied = {
  readonly stream: Duplex;
  explain(failure: Failure, way: Way): Promise<Failure>;
};

/** Fills in the tokens; refuses those that it does not know and values that a shell could take for more than a word. */
export function fillIn(
  command: string,
  { name, host, port, user }: ProxyTokens,
): { ok: true; line: string } | { ok: false; message: string } {
  const values = new Map([
    ['%', '%'],
    ['n', name],
    ['h', host],
    ['p', String(port)],
    ['r', user],
  ]);
  if (/[\0\n\r]/.test(command)) return refused('it holds a line break or a NUL');
  let problem: string | undefined;
  const line = command.replace(/%(.?)/gu, (token, letter: string) => {
    const value = values.get(letter);
    if (value === undefined) problem ??= `it has the token ${visible(token)}; known are %h %n %p %r %%`;
    else if (!isPlain(value)) problem ??= `${token} would be "${visible(value)}", which is no plain word`;
    return value ?? '';
  });
  return problem === undefined ? { ok: true, line } : refused(problem);
}

/** Starts the command in a process group of its own. The group ends with the stream. */
export function openProxy(line: string, deps: ProxyDeps): Proxied {
  const child = spawn('/bin/sh', ['-c', `exec ${line}`], {
    cwd: deps.home,
    env: proxyEnvironment(deps),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { stdin, stdout, stderr } = child;
  const stream = Duplex.from({ readable: stdout, writable: stdin });
  const lastLine = keepLastLine(stderr);
  let startProblem: string | undefined;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.on('error', (error) => {
    startProblem = error.message;
    stream.destroy();
  });
  // ssh2 listens too, but only while it holds the stream; a broken pipe is an end like any other.
  stream.on('error', () => {});
  stream.once('end', () => stream.destroy());
  stream.once('close', () => endGroup(child, deps.clock));
  return {
    stream,
    explain: async (failure, way) => {
      const { outcome } = failure;
      if (outcome.status !== 'unreachable' || way.phase() !== 'banner' || outcome.kind === 'host-key') {
        return failure;
      }
      await settledWithin(closed, deps.clock);
      const said = startProblem ?? lastLine();
      const detail = said === '' ? '' : `: ${said}`;
      if (outcome.kind === 'timeout') {
        const span = `${Math.round(way.deadline.totalMs / 100) / 10} s`;
        return unreachable('timeout', `no SSH greeting came through the proxy command in ${span}${detail}`);
      }
      const code = child.exitCode === null ? '' : ` with exit ${child.exitCode}`;
      return unreachable('jump', `the proxy command ended${code} before the node answered${detail}`);
    },
  };
}

/** Milliseconds between the request to end and the end. */
const graceMs = 2000;
/** Milliseconds in which a command that has closed its output is expected to be gone. */
const lastWordsMs = 500;

function refused(reason: string): { ok: false; message: string } {
  return { ok: false, message: `The proxy command is not run: ${reason}.` };
}

/** No character that a POSIX shell reads as more than itself. */
function isPlain(value: string): boolean {
  return /^[\p{L}\p{M}\p{N}_.:@%+][\p{L}\p{M}\p{N}_.:@%+-]*$/u.test(value);
}

const passedOn =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|XDG_RUNTIME_DIR|KRB5CCNAME|SystemRoot)$/;

/** Of our environment only what a program needs to find its way: no secrets of other programs. */
export function proxyEnvironment({
  env,
  agentSocket,
}: Pick<ProxyDeps, 'env' | 'agentSocket'>): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && passedOn.test(name)) kept.push([name, value]);
  }
  if (agentSocket !== undefined) kept.push(['SSH_AUTH_SOCK', agentSocket]);
  return Object.fromEntries(kept);
}

/** Reads a log to its end, keeping the last line that is not empty, at most 200 characters of it. */
function keepLastLine(log: NodeJS.ReadableStream): () => string {
  let tail = '';
  log.on('data', (chunk: Uint8Array) => {
    tail = (tail + Buffer.from(chunk).toString('utf8')).slice(-4096);
  });
  log.on('error', () => {});
  return () => visible(tail.split(/[\r\n]+/).findLast((line) => line.trim() !== '') ?? '').slice(0, 200);
}

/** Asks the whole group to end; kills what is left when its leader is gone or the grace is over. */
function endGroup(child: ChildProcess, clock: Clock): void {
  const { pid } = child;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const finish = (): void => {
    signalGroup(pid, 'SIGKILL');
    // Its last words are still read; somebody outside the group who holds the pipe does not hold us.
    const timer = clock.after(lastWordsMs, () => child.stderr?.destroy());
    child.once('close', () => timer.dispose());
  };
  if (child.exitCode !== null || child.signalCode !== null) return finish();
  const timer = clock.after(graceMs, finish);
  child.once('exit', () => {
    timer.dispose();
    finish();
  });
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function settledWithin(promise: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(lastWordsMs, resolve);
    void promise.then(() => {
      timer.dispose();
      resolve();
    });
  });
}

/** A stream to an endpoint through a proxy command, or why the command is not run. */
export function dialProxy(
  command: string,
  tokens: ProxyTokens,
  { way, deps }: { way: Way; deps: ProxyDeps },
): Reached<Proxied> {
  const filled = fillIn(command, tokens);
  if (!filled.ok)
    return { ok: false, outcome: { status: 'refused', by: 'validation', message: filled.message } };
  if (way.signal.aborted) return { ok: false, outcome: { status: 'cancelled', remote: 'never-started' } };
  way.enter('tcp');
  return { ok: true, value: openProxy(filled.line, deps) };
}
