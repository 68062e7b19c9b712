import type { Duplex } from 'node:stream';

/** What a stream says before SSH begins. */
export type Greeting = { text(): string };

const limit = 255;

/**
 * Listens in on a paused stream until the SSH identification (RFC 4253, 4.2) has come; then calls back.
 * Call it when ssh2 has taken the stream, or the first bytes are lost to it.
 */
export function watchGreeting(stream: Duplex, onIdentified: () => void): Greeting {
  let text = '';
  const listen = (chunk: Uint8Array): void => {
    text += Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(chunk.byteLength, limit)).toString('latin1');
    const isIdentified = /^SSH-/m.test(text);
    if (isIdentified) onIdentified();
    if (isIdentified || text.length > limit) stream.off('data', listen);
  };
  stream.on('data', listen);
  return { text: () => text };
}
