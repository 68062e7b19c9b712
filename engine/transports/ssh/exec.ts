import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import type { ExecContext, ExecRequest, Exit } from '../../../core/plugin/transport.ts';
import type { RemoteFate } from '../../../core/run/outcome.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { whenAborted } from '../abort.ts';
import { openDialogue } from '../dialogue.ts';
import { quote } from '../quote.ts';
import { stopFinding, stopScript } from '../shell.ts';
import { supervise, type Running } from '../supervise.ts';
import type { SshConnection } from './connection.ts';
import type { NodeChannels } from './nodeChannels.ts';
import type { RemoteProcess } from './wrapper.ts';

export type ExecDeps = { readonly clock: Clock; readonly timeoutMs: number };

/** How long an abort waits for what is on its way: a channel, or the announcement of the process. */
const pendingMs = 2000;
/** The stop script polls for at most 4 s. */
const stopMs = 6000;
const stopChannelMs = 4000;

/** Runs one command on a channel of its own, wrapped so that it can be stopped. */
export async function runCommand(
  channels: NodeChannels,
  request: ExecRequest,
  context: ExecContext & ExecDeps,
): Promise<Exit> {
  if (context.signal.aborted) return { type: 'stopped', remote: 'never-started' };
  const dialogue = openDialogue(request, context);
  const use = (channel: ClientChannel, connection: SshConnection): Promise<Exit> => {
    const running = runningOn(channel, { ...context, connection, channels, announced: dialogue.process });
    dialogue.speak(channel);
    return supervise(running, { ...context, onOutput: dialogue.onOutput });
  };
  const opened = await openedOrAborted(channels.open(dialogue.line, { ...context, use }), context);
  if (opened === 'aborted') return { type: 'stopped', remote: 'may-still-run' };
  if (!opened.ok) {
    const { why, message } = opened;
    if (context.signal.aborted) return { type: 'stopped', remote: 'never-started' };
    if (why === 'unknown') return { type: 'lost', message };
    return { type: 'not-started', kind: why === 'refused' ? 'throttled' : 'protocol', message };
  }
  return dialogue.conclude(await opened.value);
}

/** On abort a channel that is being opened gets a moment more: then the process can still be stopped properly. */
async function openedOrAborted<T>(
  opening: Promise<T>,
  { signal, clock }: { signal: AbortSignal; clock: Clock },
): Promise<T | 'aborted'> {
  const abort = whenAborted(signal);
  const late = abort.aborted
    .then(() => within(clock, pendingMs, new Promise<never>(() => {})))
    .then(() => 'aborted' as const);
  const first = await Promise.race([opening, late]);
  abort.dispose();
  return first;
}

type RunningDeps = ExecDeps & {
  announced: Promise<RemoteProcess>;
  connection: SshConnection;
  channels: NodeChannels;
};

function runningOn(channel: ClientChannel, deps: RunningDeps): Running {
  const ended = new Promise<Exit>((resolve) => {
    channel.on('exit', (code: number | null, signal?: string) => {
      if (code !== null) resolve({ type: 'exited', code });
      else resolve({ type: 'signalled', signal: signal ?? 'an unknown signal' });
    });
    channel.on('close', () => resolve({ type: 'lost', message: lostMessage(deps.connection) }));
  });
  return {
    stdout: channel,
    stderr: channel.stderr,
    ended,
    stop: () => stopRemote(ended, deps),
    close: () => channel.close(),
  };
}

function lostMessage(connection: SshConnection): string {
  const loss = connection.loss();
  return loss === undefined
    ? 'the node closed the channel without an exit code; the result is unknown'
    : `connection lost: ${loss}; the result is unknown`;
}

/** Stops the process group over a second channel, and looks whether it is gone. */
async function stopRemote(
  ended: Promise<Exit>,
  { announced, channels, clock }: RunningDeps,
): Promise<RemoteFate> {
  const process = await within(clock, pendingMs, Promise.race([announced, ended]));
  if (!process || 'type' in process) return process && process.type !== 'lost' ? 'stopped' : 'may-still-run';
  const word = `stop-${randomBytes(12).toString('hex')}`;
  const target = process.group ? `-${process.pid}` : `${process.pid}`;
  const line = `exec /bin/sh -c ${[stopScript, 'muster', target, word].map(quote).join(' ')}`;
  const signal = AbortSignal.timeout(stopChannelMs);
  const opened = await channels.open(line, { clock, timeoutMs: stopChannelMs, signal, use: outputOf });
  if (!opened.ok) return 'may-still-run';
  const output = await within(clock, stopMs, opened.value);
  // Without a group only the first process is looked at: what it started may go on.
  const isGone = process.group && output !== undefined && stopFinding(output, word) === 'gone';
  return isGone ? 'stopped' : 'may-still-run';
}

function outputOf(channel: ClientChannel): Promise<string> {
  let output = '';
  channel.on('data', (chunk: Uint8Array) => (output += Buffer.from(chunk).toString('latin1').slice(0, 4096)));
  channel.stderr.resume();
  channel.end();
  return new Promise((resolve) => channel.on('close', () => resolve(output)));
}

/** The value, or undefined if it takes longer. */
async function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer = { dispose: (): void => {} };
  const late = new Promise<undefined>((resolve) => (timer = clock.after(ms, () => resolve(undefined))));
  return Promise.race([promise, late]).finally(() => timer.dispose());
}
