import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { dirname, resolve } from 'node:path';
import type { Outside } from '../../core/run/steps/context.ts';
import { runAnsible } from './ansible/runAnsible.ts';
import { request } from './request.ts';

const portMs = 5000;

/** Requests, ports and files, of this machine. */
export const outside: Outside = {
  request,
  isOpen,
  ansible: runAnsible,
  resolve: (file, path) => resolve(dirname(file), path),
  measure: (text) => ({
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }),
};

function isOpen(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: portMs });
    const end = (answer: boolean): void => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      settle(answer);
    };
    const stop = (): void => end(false);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
    if (signal.aborted) stop();
  });
}
