import process from 'node:process';
import type { Disposable } from '../core/util/emitter.ts';
import { exitCodeOfSignal } from './exitCode.ts';
import type { Streams } from './report.ts';

/** The streams of this process. */
export function processStreams(): Streams {
  const { stdout, stderr } = process;
  const listeners = new Set<() => void>();
  let draining: Promise<void> | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (listeners.size === 0) process.exit(exitCodeOfSignal('SIGPIPE'));
    for (const listener of listeners) listener();
  });
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    drained() {
      if (!stdout.writableNeedDrain) return Promise.resolve();
      draining ??= new Promise((resolve) => {
        const done = (): void => {
          draining = undefined;
          resolve();
        };
        stdout.once('drain', done);
        listeners.add(done);
      });
      return draining;
    },
    onReaderGone(listener): Disposable {
      const own = (): void => listener();
      listeners.add(own);
      return { dispose: () => void listeners.delete(own) };
    },
  };
}
