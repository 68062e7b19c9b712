import { type FSWatcher, watch } from 'node:fs';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';

/** Milliseconds between two looks where nothing tells of changes: twice as long after each in vain, up to the last. */
const pollMs = { first: 2000, last: 8000 };
/** Milliseconds over which changes are gathered. */
const gatherMs = 50;

export type Watching = {
  readonly clock: Clock;
  /** Looks what is new; says whether something was. One look at a time; must not reject. */
  readonly look: () => Promise<boolean>;
};

/**
 * Looks at a file or folder at once, and then whenever the system tells of a change. Some file systems, networked ones
 * above all, tell of none, or not of all: so it also looks by itself, less and less often while nothing happens.
 */
export function watchPath(path: string, { clock, look }: Watching): Disposable {
  let over = false;
  let waitMs = pollMs.first;
  let timer: Disposable | undefined;
  let looking = Promise.resolve(false);
  const lookNext = (): Promise<boolean> => (looking = looking.then(() => !over && look()));
  const poll = async (): Promise<void> => {
    const news = await lookNext();
    if (over) return;
    waitMs = news ? pollMs.first : Math.min(waitMs * 2, pollMs.last);
    timer = clock.after(waitMs, () => void poll());
  };
  let gathering: Disposable | undefined;
  const watcher = watchOrNot(path, () => {
    gathering ??= clock.after(gatherMs, () => {
      gathering = undefined;
      void lookNext();
    });
  });
  void lookNext();
  timer = clock.after(waitMs, () => void poll());
  return {
    dispose() {
      over = true;
      timer?.dispose();
      gathering?.dispose();
      watcher?.close();
    },
  };
}

/** Undefined where it can not be watched: then only looking helps. */
function watchOrNot(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
