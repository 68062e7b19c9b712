import { dayLabel } from './time.ts';

/** What ran on one day, the newest first. */
export type HistoryDay<T> = { readonly id: string; readonly label: string; readonly batches: readonly T[] };

/** Groups batches, which come newest first, by the day on which they began in the local time zone. */
export function byDay<T extends { readonly startedAt: number }>(
  batches: readonly T[],
  now: number,
): readonly HistoryDay<T>[] {
  const days = new Map<string, T[]>();
  for (const batch of batches) {
    const id = new Date(batch.startedAt).toDateString();
    days.set(id, [...(days.get(id) ?? []), batch]);
  }
  return [...days].map(([id, of]) => ({ id, label: dayLabel(of[0]?.startedAt ?? now, now), batches: of }));
}
