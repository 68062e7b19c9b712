import type { Transport } from '../../core/plugin/transport.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { Clock } from '../../core/util/clock.ts';
import { mostIdleConnections } from '../limits/sharedLimits.ts';
import { thisMachine } from '../limits/machine.ts';
import type { Trust } from '../prompts/hostKeys.ts';
import { createLocalTransport } from './local/transport.ts';
import { createSocketFolder } from './openssh/folder.ts';
import { createOpensshTransport } from './openssh/transport.ts';
import { createKnownHosts } from './ssh/knownHosts.ts';
import { createPool, type IdleTimes } from './ssh/pool.ts';
import { createSshTransport } from './ssh/transport.ts';

export type TransportSet = {
  transports: ReadonlyMap<string, Transport>;
  trust: Trust;
};

export type TransportFactory = {
  /** The transports for one client: its agent and keys, but the connections and host keys that all clients share. */
  for(context: ClientContext): TransportSet;
  /** Closes the connections that are kept. */
  close(): void;
};

export type TransportsOptions = {
  home: string;
  clock: Clock;
  /** How long connections are kept that nobody uses; without it, a minute. */
  idle?: IdleTimes | undefined;
  /** Program by which ssh asks for passphrases and passwords. */
  askpassProgram?: string | undefined;
  instead: ((context: ClientContext) => ReadonlyMap<string, Transport>) | undefined;
};

const aMinute: IdleTimes = { nodeMs: 60_000, hopMs: 60_000 };

export function createTransports({
  home,
  clock,
  idle = aMinute,
  askpassProgram,
  instead,
}: TransportsOptions): TransportFactory {
  const knownHosts = createKnownHosts({ home });
  const pool = createPool({ clock, idle, mostIdle: mostIdleConnections(thisMachine()) });
  const folder = createSocketFolder(process.env);
  const sets = new WeakMap<ClientContext, TransportSet>();
  const create = (context: ClientContext): TransportSet => {
    const local = createLocalTransport({ clock, env: process.env });
    const { agentSocket } = context;
    const shared = { knownHosts, pool, home, clock, ...(agentSocket !== undefined && { agentSocket }) };
    const ssh = createSshTransport(shared);
    const openssh = createOpensshTransport({ ...shared, folder, askpassProgram });
    return {
      transports:
        instead?.(context) ??
        new Map<string, Transport>([local, ssh, openssh].map((each) => [each.name, each])),
      trust: (key) => knownHosts.trust(key),
    };
  };
  return {
    for(context) {
      const known = sets.get(context) ?? create(context);
      sets.set(context, known);
      return known;
    },
    close: () => pool.close(),
  };
}
