import type { Duplex } from 'node:stream';

/**
 * ssh2 writes every packet in three pieces, each of which would be a system call and, without Nagle's delay, a segment.
 * What is written in one turn of the loop goes out together.
 */
export function gatherWrites<T extends Duplex>(stream: T): T {
  const write: (...args: never[]) => boolean = stream.write.bind(stream);
  let isGathering = false;
  // The overloads of `write` can not be written down as one function.
  stream.write = ((...args: never[]) => {
    if (!isGathering) {
      isGathering = true;
      stream.cork();
      process.nextTick(() => {
        isGathering = false;
        stream.uncork();
      });
    }
    return write(...args);
  }) as Duplex['write'];
  return stream;
}
