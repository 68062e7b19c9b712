import type { Plan } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { createUnwrittenFiles, type UnwrittenFiles } from './unwritten.ts';

/** A batch that has ended and of which the disk does not have everything. */
export type UnsavedBatch = {
  readonly state: BatchState;
  readonly plan: Plan;
  /** Tries once more; says whether everything is on the disk now. Does not reject. */
  readonly save: () => Promise<boolean>;
  /** Gives up what the disk has not taken. */
  readonly forget: () => void;
};

/** Results that the disk did not take: they are here until it does, or this process ends. */
export type Unsaved = Disposable & {
  add(batch: UnsavedBatch): void;
  get(batch: string): UnsavedBatch | undefined;
  states(): readonly BatchState[];
  /** What the disk has not taken of the output, of batches that run too. */
  readonly files: UnwrittenFiles;
};

/** Milliseconds between two tries. */
const againMs = 8000;
/** Batches that are kept at most: the oldest go first. */
const mostKept = 50;

export function createUnsaved(clock: Clock): Unsaved {
  const kept = new Map<string, UnsavedBatch>();
  let timer: Disposable | undefined;
  const tryAgain = async (): Promise<void> => {
    timer = undefined;
    for (const [id, batch] of kept) if (await batch.save()) kept.delete(id);
    if (kept.size > 0) wait();
  };
  const wait = (): void => {
    timer ??= clock.after(againMs, () => void tryAgain());
  };
  return {
    add(batch) {
      kept.set(batch.state.id, batch);
      const [oldest = ''] = kept.keys();
      if (kept.size > mostKept) {
        kept.get(oldest)?.forget();
        kept.delete(oldest);
      }
      wait();
    },
    get: (batch) => kept.get(batch),
    files: createUnwrittenFiles(),
    states: () => [...kept.values()].map(({ state }) => state),
    dispose: () => timer?.dispose(),
  };
}
