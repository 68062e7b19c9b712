import { onAbort } from '../../util/abort.ts';
import type { StepsContext } from './context.ts';

/** Settles after `ms`, or when the execution is stopped: then false. */
export function pass(ms: number, { clock, stop }: Pick<StepsContext, 'clock' | 'stop'>): Promise<boolean> {
  return new Promise((resolve) => {
    if (stop.signal.aborted) return resolve(false);
    const timer = clock.after(ms, () => {
      stopping.dispose();
      resolve(true);
    });
    const stopping = onAbort(stop.signal, () => {
      timer.dispose();
      resolve(false);
    });
  });
}
