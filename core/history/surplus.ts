/** How much of the history is kept. */
export type HistoryLimits = {
  /** Milliseconds after the end of a batch. */
  readonly keepMs: number;
  /** How many of the newest batches. */
  readonly batches: number;
  /** Bytes of all batches together. */
  readonly bytes: number;
};

/** A batch on disk. */
export type KeptBatch = {
  readonly id: string;
  /** When something was last written into it, in milliseconds since the epoch. */
  readonly changedAt: number;
  readonly bytes: number;
};

/** The batches that are too old, too many or too large, of a list that has the newest first; the oldest first. */
export function surplusOf(kept: readonly KeptBatch[], limits: HistoryLimits, now: number): readonly string[] {
  const surplus: string[] = [];
  let bytes = 0;
  let count = 0;
  for (const batch of kept) {
    bytes += batch.bytes;
    count++;
    // The newest stays, however large it is: it is what somebody looks at.
    const isTooMuch = count > 1 && (count > limits.batches || bytes > limits.bytes);
    if (isTooMuch || batch.changedAt < now - limits.keepMs) surplus.push(batch.id);
  }
  return surplus.reverse();
}
