import type { Clock } from '../../../core/util/clock.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import type { CommandChannel, OnChannel, SshConnection } from './connection.ts';

export type ChannelDeps = { readonly clock: Clock; readonly timeoutMs: number };

export type ChannelUse<T> = ChannelDeps & {
  /** Called in the turn in which the channel opens. */
  readonly use: (channel: CommandChannel) => T;
  /** Milliseconds after which a connection that nobody else uses is given up; without it, `timeoutMs`. */
  readonly patienceMs?: number;
  /** Whether the command gets a terminal. */
  readonly tty?: boolean | undefined;
  /** The line is the name of a subsystem of the node (RFC 4254, 6.5), such as `sftp`, and no command. */
  readonly isSubsystem?: boolean | undefined;
};

/** The terminal that a command gets: nobody sits at it, so that it is wide. */
const terminal = { rows: 50, cols: 200, height: 0, width: 0, term: 'xterm-256color', modes: {} };

/**
 * A channel in use, or why there is none. `refused`: the node gives no channel now. `unsent`: the connection went away
 * before the command was sent. In both cases nothing was started; otherwise it is `unknown`.
 */
export type Opened<T> =
  { ok: true; value: T } | { ok: false; why: 'refused' | 'unsent' | 'unknown'; message: string };

/**
 * Starts a command line on a new channel. `use` is called in the turn in which the channel opens: output that nobody
 * listens to then is lost, and output that nobody reads keeps the channel from ever closing.
 */
export function openChannel<T>(
  connection: SshConnection,
  line: string,
  {
    clock,
    timeoutMs,
    patienceMs = timeoutMs,
    use,
    isAlone,
    ...how
  }: ChannelUse<T> & { isAlone: () => boolean },
): Promise<Opened<T>> {
  return new Promise((resolve) => {
    let isLate = false;
    let isSent = false;
    const late = (ms: number): void => {
      const message = `no channel was opened in ${ms / 1000} s`;
      if (!isSent && isAlone()) {
        // A connection that is closed here can not send the command later.
        connection.close();
        resolve({ ok: false, why: 'unsent', message });
      } else if (ms < timeoutMs) timer = clock.after(timeoutMs - ms, () => late(timeoutMs));
      else {
        isLate = true;
        resolve({ ok: false, why: 'unknown', message });
      }
    };
    const firstMs = Math.min(patienceMs, timeoutMs);
    let timer = clock.after(firstMs, () => late(firstMs));
    const fail = (error: unknown): void => {
      timer.dispose();
      const why = isRefusal(error) ? 'refused' : isSent ? 'unknown' : 'unsent';
      const message = connection.loss() ?? `no channel: ${visible(messageOf(error)).slice(0, 200)}`;
      resolve({ ok: false, why, message });
    };
    try {
      request({ ...how, connection, line, onSent: () => void (isSent = true) }, (error, channel) => {
        if (!channel) return fail(error);
        channel.on('error', () => {});
        timer.dispose();
        if (isLate) channel.close();
        else resolve({ ok: true, value: use(channel) });
      });
    } catch (error) {
      fail(error);
    }
  });
}

type Request = Pick<ChannelUse<unknown>, 'tty' | 'isSubsystem'> & {
  readonly connection: SshConnection;
  readonly line: string;
  /** The command is about to be sent. A subsystem starts nothing that has to be known. */
  readonly onSent: () => void;
};

function request({ connection, line, tty, isSubsystem, onSent }: Request, opened: OnChannel): void {
  if (isSubsystem) connection.subsystem(line, opened);
  else connection.exec(line, execOptions(tty, onSent), opened);
}

function execOptions(tty: boolean | undefined, onSent: () => void) {
  return {
    ...(tty && { pty: terminal }),
    // ssh2 reads this when the channel is open, not before.
    get x11(): boolean {
      onSent();
      return false;
    },
  };
}

/** ssh2 gives the reason of RFC 4254, 5.1, when the node refused the channel. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && typeof error.reason === 'number';
}
