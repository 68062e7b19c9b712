import type { Transport } from '../../core/plugin/transport.ts';
import type { ClientContext } from '../../core/protocol/engine.ts';
import type { Clock } from '../../core/util/clock.ts';
import { mostIdleConnections } from '../limits/sharedLimits.ts';
import { thisMachine } from '../limits/machine.ts';
import type { Trust } from '../prompts/hostKeys.ts';
import { createLocalTransport } from './local/transport.ts';
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
  instead: ((context: ClientContext) => ReadonlyMap<string, Transport>) | undefined;
};

const aMinute: IdleTimes = { nodeMs: 60_000, hopMs: 60_000 };

export function createTransports({
  home,
  clock,
  idle = aMinute,
  instead,
}: TransportsOptions): TransportFactory {
  const knownHosts = createKnownHosts({ home });
  const pool = createPool({ clock, idle, mostIdle: mostIdleConnections(thisMachine()) });
  const sets = new WeakMap<ClientContext, TransportSet>();
  const create = (context: ClientContext): TransportSet => {
    const local = createLocalTransport({ clock, env: process.env });
    const ssh = createSshTransport({
      knownHosts,
      pool,
      home,
      clock,
      ...(context.agentSocket !== undefined && { agentSocket: context.agentSocket }),
    });
    return {
      transports:
        instead?.(context) ?? new Map<string, Transport>([local, ssh].map((each) => [each.name, each])),
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
