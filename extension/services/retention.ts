import type { Disposable } from '../../core/util/emitter.ts';

/** Counts who still needs something, by its key. */
export type Retention = {
  has(key: string): boolean;
  retain(key: string): Disposable;
};

/** `onFree` is called when the last one that needed a key has given it back. */
export function createRetention(onFree: (key: string) => void): Retention {
  const counts = new Map<string, number>();
  return {
    has: (key) => counts.has(key),
    retain: (key) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return {
        dispose: () => {
          const left = (counts.get(key) ?? 1) - 1;
          if (left > 0) return void counts.set(key, left);
          counts.delete(key);
          onFree(key);
        },
      };
    },
  };
}
