import type { Connected } from '../../../core/plugin/transport.ts';
import { startSshServer, type SshServer, type SshServerScript } from './sshServer.ts';

/** `unreachable protocol`, and the message for a closer look. */
export function refused(connected: Connected): { what: string; message: string } {
  if (connected.ok) return { what: 'connected', message: '' };
  const { outcome } = connected;
  const kind = outcome.status === 'unreachable' ? ` ${outcome.kind}` : '';
  return { what: outcome.status + kind, message: 'message' in outcome ? outcome.message : '' };
}

/** Uses a server of the test's own, and ends it. */
export async function withServer<T>(
  script: SshServerScript,
  use: (server: SshServer) => Promise<T>,
): Promise<T> {
  const server = await startSshServer(script);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}
