import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { dirname, resolve } from 'node:path';
import type { Outside, OutsideAnswer, OutsideRequest } from '../../core/run/steps/context.ts';
import { messageOf } from '../../core/util/errors.ts';

/** Bytes of an answer that are kept. */
const mostBytes = 65_536;
const portMs = 5000;

/** Requests, ports and files, of this machine. */
export const outside: Outside = {
  request,
  isOpen,
  resolve: (file, path) => resolve(dirname(file), path),
  measure: (text) => ({
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }),
};

async function request({ url, ...init }: OutsideRequest, signal: AbortSignal): Promise<OutsideAnswer> {
  if (!/^https?:\/\//i.test(url))
    return { message: `${url} is no address that begins with http:// or https://` };
  try {
    const answer = await fetch(url, { ...init, signal, redirect: 'follow' });
    return { status: answer.status, text: await beginningOf(answer) };
  } catch (error) {
    if (signal.aborted) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { message: messageOf(cause) };
  }
}

/** The first bytes of the body; the rest is not read. */
async function beginningOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
}

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
