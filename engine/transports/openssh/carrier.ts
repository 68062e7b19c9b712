import type { SshConnection } from '../ssh/connection.ts';
import type { Master } from './master.ts';

/** A master as a connection that commands run on: what runs, stops and watches commands over ssh2 does so here too. */
export function carrierOf({ link, log }: Master): SshConnection {
  const { auth, hostKey } = log.facts();
  let isClosed = false;
  return {
    exec: link.exec,
    subsystem: link.subsys,
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
