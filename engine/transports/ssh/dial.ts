import { connect, isIP, type Socket } from 'node:net';
import { dialFailure, lateMessage } from './failures.ts';
import { gatherWrites } from './gatherWrites.ts';
import type { HostAddress } from './knownHosts.ts';
import { takeStep, type Reached, type Way } from './step.ts';

/** Opens a TCP connection. Of several addresses Node tries the next while one is silent (RFC 8305). */
export function dial(address: HostAddress, way: Way): Promise<Reached<Socket>> {
  const { host, port } = address;
  way.enter(isIP(host) ? 'tcp' : 'dns');
  return takeStep(
    way,
    ({ done, fail }) => {
      // Without noDelay small packets wait for an acknowledgement: two round trips and more on the way to a command.
      const socket = connect({ host, port, noDelay: true });
      socket.once('lookup', (error) => error ?? way.enter('tcp'));
      socket.once('connect', () => done(gatherWrites(socket)));
      socket.on('error', (error) => fail(dialFailure(address, error)));
      return () => socket.destroy();
    },
    lateMessage(port, way.deadline.totalMs),
  );
}
