import { type BatchState, completed, isLive } from './state.ts';

/** Part of the nodes that have to be done before their pace says something about the others. */
const enough = 0.2;
const leastMs = 1_000;

/**
 * Milliseconds that a running batch will probably take yet: from its own pace once a fifth is done, before that from
 * how long it usually takes. Undefined where nobody knows, and below a second, which is over before it is read.
 */
export function timeLeft(state: BatchState, now: number, usualMs?: number): number | undefined {
  const all = state.executions.length;
  const done = completed(state);
  if (state.status !== 'running' || done === all || state.paused || state.hold || state.cancelRequested)
    return undefined;
  const elapsed = Math.max(0, now - state.startedAt);
  const usual = usualMs === undefined ? undefined : usualMs - elapsed;
  const left = done >= all * enough && !isPastAll(state, now) ? (elapsed / done) * (all - done) : usual;
  return left === undefined || left < leastMs ? undefined : left;
}

/** Nothing waits, and one that still runs has taken three times as long as any that ended: their pace says nothing about it. */
function isPastAll({ counts, executions }: BatchState, now: number): boolean {
  if (counts.queued > 0) return false;
  let longestEnded = 0;
  let longestLive = 0;
  for (const { status, startedAt, endedAt } of executions) {
    if (startedAt === undefined) continue;
    if (isLive(status)) longestLive = Math.max(longestLive, now - startedAt);
    else longestEnded = Math.max(longestEnded, (endedAt ?? startedAt) - startedAt);
  }
  return longestLive > longestEnded * 3;
}
