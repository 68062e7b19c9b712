import type { ExecContext, ExecRequest, Exit } from '../../../core/plugin/transport.ts';
import type { RemoteFate } from '../../../core/run/outcome.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { whenAborted } from '../../../core/util/abort.ts';
import { type Dialogue, openDialogue } from '../dialogue.ts';
import { openStopTalk, type StopRequest, type StopTalk } from '../stopTalk.ts';
import { supervise, type Running } from '../supervise.ts';
import type { CommandChannel, SshConnection } from './connection.ts';
import type { NodeChannels } from './nodeChannels.ts';

export type ExecDeps = { readonly clock: Clock; readonly timeoutMs: number };

/** How long an abort waits for what is on its way: a channel, or the announcement of the process. sudo takes 2 s to say no. */
const pendingMs = 3000;
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
  const use = (channel: CommandChannel, connection: SshConnection): Promise<Exit> => {
    const running = runningOn(channel, { ...context, connection, channels, dialogue, request });
    dialogue.speak(channel);
    return supervise(running, { ...context, onOutput: dialogue.onOutput });
  };
  const opened = await openedOrAborted(
    channels.open(dialogue.line, { ...context, use, tty: request.tty }),
    context,
  );
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
  dialogue: Dialogue;
  request: ExecRequest;
  connection: SshConnection;
  channels: NodeChannels;
};

function runningOn(channel: CommandChannel, deps: RunningDeps): Running {
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
  { dialogue, request: { runAs, tty }, channels, clock }: RunningDeps,
): Promise<RemoteFate> {
  dialogue.abandon();
  const process = await within(clock, pendingMs, Promise.race([dialogue.process, ended]));
  if (!process) return 'may-still-run';
  if ('type' in process) {
    if (process.type === 'lost') return 'may-still-run';
    return dialogue.isStarted() ? 'stopped' : 'never-started';
  }
  return stopProcess({ process, runAs, secret: dialogue.secret(), tty }, { channels, clock });
}

type StopDeps = { readonly channels: NodeChannels; readonly clock: Clock };

/** Stops a process over a channel of its own, as the user that it belongs to. */
export async function stopProcess(
  { tty, ...request }: StopRequest & { tty?: boolean | undefined },
  { channels, clock }: StopDeps,
): Promise<RemoteFate> {
  const stop = openStopTalk(request);
  const opened = await channels.open(stop.line, {
    clock,
    timeoutMs: stopChannelMs,
    signal: AbortSignal.timeout(stopChannelMs),
    tty: tty && request.runAs !== undefined,
    use: (channel: CommandChannel) => stop.talk(streamsOf(channel)),
  });
  return stop.fate(opened.ok ? await within(clock, stopMs, opened.value) : undefined);
}

function streamsOf(channel: CommandChannel): Parameters<StopTalk['talk']>[0] {
  const closed = new Promise((resolve) => channel.on('close', resolve));
  return { stdin: channel, stdout: channel, stderr: channel.stderr, closed };
}

/** The value, or undefined if it takes longer. */
async function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer = { dispose: (): void => {} };
  const late = new Promise<undefined>((resolve) => (timer = clock.after(ms, () => resolve(undefined))));
  return Promise.race([promise, late]).finally(() => timer.dispose());
}
