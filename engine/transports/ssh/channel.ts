import type { ClientChannel } from 'ssh2';
import type { Clock } from '../../../core/util/clock.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import type { SshConnection } from './connection.ts';

export type ChannelDeps = { readonly clock: Clock; readonly timeoutMs: number };

/**
 * Starts a command line on a new channel. `use` is called in the turn in which the channel opens: output that nobody
 * listens to then is lost, and output that nobody reads keeps the channel from ever closing.
 */
export function openChannel<T>(
  connection: SshConnection,
  line: string,
  { clock, timeoutMs, use }: ChannelDeps & { use: (channel: ClientChannel) => T },
): Promise<{ ok: true; value: T } | { ok: false; isRefused: boolean; message: string }> {
  return new Promise((resolve) => {
    let isLate = false;
    const timer = clock.after(timeoutMs, () => {
      isLate = true;
      resolve({ ok: false, isRefused: false, message: `no channel was opened in ${timeoutMs / 1000} s` });
    });
    const fail = (error: unknown): void => {
      timer.dispose();
      resolve({
        ok: false,
        // ssh2 gives the reason of RFC 4254, 5.1, when the node refused the channel: nothing was started on it.
        isRefused: error instanceof Error && 'reason' in error && typeof error.reason === 'number',
        message: connection.loss() ?? `no channel: ${visible(messageOf(error)).slice(0, 200)}`,
      });
    };
    try {
      connection.client.exec(line, (error, channel) => {
        if (error) return fail(error);
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
