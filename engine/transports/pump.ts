import type { Readable } from 'node:stream';
import type { OnOutput } from '../../core/plugin/transport.ts';
import type { Clock } from '../../core/util/clock.ts';

/** Both output streams of one process on their way to whoever wants them. */
export type Pump = {
  /** Rejects if the receiver fails; settles in no other way. */
  readonly failed: Promise<never>;
  /** Settles when both streams ended and all is delivered, or when nothing came for `idleMs`. */
  drain(idleMs: number): Promise<void>;
};

type Stream = 'stdout' | 'stderr';

/**
 * Delivers what the streams give, and holds both while the receiver is busy: that is the back-pressure. Both, because
 * the two streams of an ssh2 channel share one window, which reading either of them opens again.
 */
export function pumpOutput(
  streams: Readonly<Record<Stream, Readable>>,
  onOutput: OnOutput,
  clock: Clock,
): Pump {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => {});
  const all = [streams.stdout, streams.stderr];
  const open = new Set<Stream>(['stdout', 'stderr']);
  let busy = 0;
  let changed = (): void => {};

  const deliver = async (stream: Stream, chunk: Uint8Array): Promise<void> => {
    changed();
    const taken = onOutput(stream, chunk);
    if (!taken) return;
    busy++;
    for (const each of all) each.pause();
    await taken.finally(() => {
      busy--;
      if (busy === 0) for (const each of all) each.resume();
      changed();
    });
  };
  for (const stream of open) {
    const end = (): void => {
      if (open.delete(stream)) changed();
    };
    streams[stream]
      .on('data', (chunk: Uint8Array) => void deliver(stream, chunk).catch(fail))
      .on('end', end)
      .on('close', end)
      .on('error', end);
  }

  return {
    failed,
    drain: (idleMs) =>
      new Promise((resolve) => {
        let timer = clock.after(idleMs, () => {});
        changed = () => {
          timer.dispose();
          if (busy > 0) return;
          if (open.size === 0) resolve();
          else timer = clock.after(idleMs, resolve);
        };
        changed();
      }),
  };
}
