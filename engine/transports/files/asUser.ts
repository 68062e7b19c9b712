import type { ExecContext, Exit, TransferContext } from '../../../core/plugin/transport.ts';
import type { RunAs } from '../../../core/run/runAs.ts';
import { onAbort } from '../../../core/util/abort.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { visible } from '../../../core/util/visible.ts';
import type { RunThere } from './digest.ts';
import type { RemoteFiles } from './remoteFiles.ts';
import { openSftp } from './sftp/client.ts';
import { sftpFiles } from './sftp/files.ts';
import { openTalk } from './sftp/talk.ts';

export type AsUser = Pick<TransferContext, 'askPassword' | 'signal'> & {
  readonly runAs: RunAs;
  readonly run: RunThere;
  readonly clock: Clock;
};

/** Relative paths start at the home of the user; where there is none, where commands do. */
const goHome = 'cd ~ 2>/dev/null';

/** Where systems keep the server: Debian, Red Hat, macOS and BSD, Arch and SUSE, ports, NixOS. */
const places = [
  '/usr/lib/openssh', '/usr/libexec/openssh', '/usr/libexec', '/usr/lib/ssh', '/usr/local/libexec', '/usr/lib', '/run/current-system/sw/libexec',
]; // prettier-ignore

const startServer =
  `${goHome}; for d in ${places.join(' ')}; do if [ -x "$d/sftp-server" ]; then exec "$d/sftp-server"; fi; done; ` +
  'if command -v sftp-server >/dev/null 2>&1; then exec sftp-server; fi; exit 127';

const noServer =
  'there is no sftp-server on the node, by which files are carried as another user: install it there (package openssh-server or openssh-sftp-server)';

/** Milliseconds in which a server ends by itself when nobody speaks to it any more. */
const endMs = 2000;

/**
 * The files of a node as another of its users sees them: by an SFTP server that is started as that user in the way that
 * commands are. So nothing is ever in a place of the login user, or readable to others.
 */
export async function openFilesAs(user: AsUser): Promise<RemoteFiles | Exit> {
  const { run, runAs, askPassword, signal, clock } = user;
  const talk = openTalk();
  const stop = new AbortController();
  const context: ExecContext = {
    signal: stop.signal,
    onProcess: () => undefined,
    onOutput: talk.hear,
    ...(askPassword && { askPassword }),
  };
  const ended = run({ command: startServer, runAs, stdin: talk.input }, context).finally(talk.over);
  // Whoever closes the files hears of it.
  ended.catch(() => undefined);
  const stopping = onAbort(signal, () => stop.abort());
  const client = await openSftp(talk.channel).catch(() => undefined);
  stopping.dispose();
  const end = async (): Promise<Exit> => {
    talk.channel.close();
    const timer = clock.after(endMs, () => stop.abort());
    return ended.finally(() => timer.dispose());
  };
  if (!client) return reasonOf(await end(), talk.lastLine());
  const close = async (): Promise<void> => {
    client.close();
    await end();
  };
  return { ...sftpFiles(client), close };
}

/** Why there is no access to the files. */
function reasonOf(exit: Exit, said: string): Exit {
  if (exit.type !== 'exited' && exit.type !== 'signalled') return exit;
  if (exit.type === 'exited' && exit.code === 127) return { type: 'failed', step: 'sftp', message: noServer };
  const why = said === '' ? '' : `: ${visible(said).slice(0, 200)}`;
  return { type: 'failed', step: 'sftp', message: `the sftp-server of the node does not answer${why}` };
}

/** Commands as that user, beside the files. */
export function runThereAs({ run, runAs, askPassword }: Omit<AsUser, 'signal' | 'clock'>): RunThere {
  return ({ command, ...request }, context) =>
    run(
      { ...request, command: `${goHome}\n${command}`, runAs },
      { ...context, ...(askPassword && { askPassword }) },
    );
}
