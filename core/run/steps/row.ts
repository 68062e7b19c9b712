import { onAbort } from '../../util/abort.ts';

/** Who is at which place. */
export function createRow(length: number) {
  const at = new Map<string, number>();
  const counts = Array.from({ length }, () => 0);
  const waiting = new Map<number, Set<() => void>>();
  const listeners = new Set<() => void>();
  let lowest = 0;
  const move = (from: number | undefined, to: number | undefined): void => {
    if (from !== undefined) counts[from] = (counts[from] ?? 0) - 1;
    if (to !== undefined) counts[to] = (counts[to] ?? 0) + 1;
    while (lowest < length && (counts[lowest] ?? 0) === 0) lowest++;
    for (const [place, goes] of waiting) if (place <= lowest) for (const go of goes) go();
    for (const listener of listeners) listener();
  };
  return {
    begin(executions: readonly string[]): void {
      lowest = 0;
      for (const each of executions) {
        at.set(each, 0);
        move(undefined, 0);
      }
    },
    /** False where it has been as far already. */
    go(execution: string, place: number): boolean {
      const before = at.get(execution);
      if (before === undefined || before >= place) return false;
      at.set(execution, place);
      move(before, place);
      return true;
    },
    leave(execution: string): void {
      const before = at.get(execution);
      if (at.delete(execution)) move(before, undefined);
    },
    /** Also settles when it is aborted. */
    whenNobodyIsBehind(place: number, signal: AbortSignal): Promise<void> {
      if (place <= lowest) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const goes = waiting.get(place) ?? new Set();
      waiting.set(place, goes.add(resolve));
      const stopping = onAbort(signal, resolve);
      return promise.then(() => {
        stopping.dispose();
        goes.delete(resolve);
        if (goes.size === 0) waiting.delete(place);
      });
    },
    isAlone: (place: number, joined: { has(execution: string): boolean }): boolean =>
      [...at].every(([execution, other]) => joined.has(execution) || other > place),
    onMove: (listener: () => void): void => void listeners.add(listener),
  };
}
