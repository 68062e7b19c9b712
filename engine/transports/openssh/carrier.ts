import type { Client } from 'ssh2';
import type { SshConnection } from '../ssh/connection.ts';
import type { Master } from './master.ts';

/** A master as a connection that commands run on: what runs, stops and watches commands over ssh2 does so here too. */
export function carrierOf({ link, log }: Master): SshConnection {
  const client = { exec: link.exec, subsys: link.subsys };
  const { auth, hostKey } = log.facts();
  let isClosed = false;
  return {
    // Of all that a client of ssh2 can do, commands and files need but this.
    client: client as unknown as Client,
    auth,
    hostKey,
    ended: link.ended,
    loss: () => {
      if (isClosed) return 'it was closed here';
      return link.isOpen() ? undefined : (log.lastWords() ?? 'the connection was closed');
    },
    close: () => {
      isClosed = true;
      link.close();
    },
  };
}
