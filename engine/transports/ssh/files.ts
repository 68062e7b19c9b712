import type { Exit } from '../../../core/plugin/transport.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { openSftp, type SftpClient } from '../files/sftp/client.ts';
import { sftpFiles } from '../files/sftp/files.ts';
import { FilesError, type RemoteFiles } from '../files/remoteFiles.ts';
import type { ExecDeps } from './exec.ts';
import type { CommandChannel } from './connection.ts';
import type { NodeChannels } from './nodeChannels.ts';

/** The node's files, over SFTP on a channel of its own. */
export async function openFiles(
  channels: NodeChannels,
  { clock, timeoutMs, signal }: ExecDeps & { readonly signal: AbortSignal },
): Promise<RemoteFiles | Exit> {
  const use = (channel: CommandChannel): Promise<SftpClient | FilesError> => {
    // A program that a login starts may talk there, and would fill the window.
    channel.stderr.resume();
    return greeted(channel, { clock, timeoutMs, signal });
  };
  const opened = await channels.open('sftp', { clock, timeoutMs, signal, use, isSubsystem: true });
  if (signal.aborted) return { type: 'stopped', remote: 'never-started' };
  if (opened.ok) {
    const client = await opened.value;
    if (!(client instanceof FilesError)) return sftpFiles(client);
    return { type: 'failed', step: 'sftp', message: client.message };
  }
  const { why, message } = opened;
  if (why === 'refused') return { type: 'not-started', kind: 'throttled', message };
  return { type: 'failed', step: 'sftp', message: `the node has no SFTP: ${message}` };
}

/** A server that says nothing is none. */
async function greeted(
  channel: CommandChannel,
  { clock, timeoutMs, signal }: ExecDeps & { readonly signal: AbortSignal },
): Promise<SftpClient | FilesError> {
  const close = (): void => channel.close();
  const timer = clock.after(timeoutMs, close);
  signal.addEventListener('abort', close, { once: true });
  try {
    return await openSftp(channel);
  } catch (error) {
    return error instanceof FilesError ? error : new FilesError('unsupported', messageOf(error));
  } finally {
    timer.dispose();
    signal.removeEventListener('abort', close);
  }
}
