import { tmpdir } from 'node:os';
import { createLocalTransport } from '../../engine/transports/local/transport.ts';
import { systemClock } from '../../engine/clock.ts';
import { opensshTransport, optionsFor, sshTransport } from '../engine/transports/session.ts';
import { sshdProblem, startSshd } from '../engine/transports/sshd.ts';
import { startSshServer } from '../engine/transports/sshServer.ts';
import { transportContract } from './transport.ts';

transportContract('local', {
  start: async () => ({
    transport: createLocalTransport({ clock: systemClock, env: process.env }),
    options: { cwd: tmpdir() },
    stop: async () => {},
  }),
});

transportContract('ssh to OpenSSH', {
  problem: sshdProblem,
  start: async () => {
    const sshd = await startSshd();
    return { transport: sshTransport(), options: optionsFor(sshd), stop: () => sshd.stop() };
  },
});

transportContract('ssh to an ssh2 server', {
  start: async () => {
    const server = await startSshServer();
    return { transport: sshTransport(), options: optionsFor(server), stop: () => server.close() };
  },
});

transportContract('openssh to OpenSSH', {
  problem: sshdProblem,
  start: async () => {
    const sshd = await startSshd();
    return { transport: opensshTransport(), options: optionsFor(sshd), stop: () => sshd.stop() };
  },
});
