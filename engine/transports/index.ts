import type { Transport } from '../../core/plugin/transport.ts';
import type { ClientContext } from '../../core/protocol/engine.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Trust } from '../prompts/hostKeys.ts';
import { createLocalTransport } from './local/transport.ts';
import { createKnownHosts } from './ssh/knownHosts.ts';
import { createSshTransport } from './ssh/transport.ts';

export type TransportSet = {
  transports: ReadonlyMap<string, Transport>;
  trust: Trust;
};

/** The transports for one client: its agent, but the host keys that all clients share. */
export type TransportFactory = (context: ClientContext) => TransportSet;

export type TransportsOptions = {
  home: string;
  clock: Clock;
  instead: ((context: ClientContext) => ReadonlyMap<string, Transport>) | undefined;
};

export function createTransports({ home, clock, instead }: TransportsOptions): TransportFactory {
  const knownHosts = createKnownHosts({ home });
  return (context) => {
    const local = createLocalTransport({ clock, env: process.env });
    const ssh = createSshTransport({
      knownHosts,
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
}
