import { formatDuration, mayBeLeft } from '../../core/run/format.ts';
import { completed, isLive } from '../../core/run/state.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { timeLeft } from '../../core/run/timeLeft.ts';
import { visible } from '../../core/util/visible.ts';
import { elapsedOf, shortName } from './rows.ts';
import { executionName } from '../../core/run/executionName.ts';

/** One fact beside the sentence; `links` are texts that open an execution. */
export type Fact = {
  readonly text: string;
  readonly strong?: string;
  /** How many run at once, where a person may change that. */
  readonly places?: number;
  readonly links?: readonly { readonly text: string; readonly execution: string }[];
};

/** Only what can be proven is said; `usualMs` is how long such a batch took before. */
export function factsOf(state: BatchState, now: number, usualMs?: number): readonly Fact[] {
  return state.status === 'running' ? liveFacts(state, now, usualMs) : endFacts(state);
}

/** Middle of the times of all executions that ended after they had started, in milliseconds. */
export function medianMs(state: BatchState): number | undefined {
  const times = state.executions
    .filter((each) => !isLive(each.status) && each.startedAt !== undefined)
    .map((each) => elapsedOf(each, 0) ?? 0)
    .sort((a, b) => a - b);
  return times[Math.floor((times.length - 1) / 2)];
}

/** Whether every process that was started is known to have ended. */
export function nothingLeftRunning(state: BatchState): boolean {
  if (state.status === 'running' || (state.stopReport && state.stopReport.running.length > 0)) return false;
  return state.executions.every((each) => !mayBeLeft(each) && each.status !== 'crashed');
}

function liveFacts(state: BatchState, now: number, usualMs: number | undefined): readonly Fact[] {
  const elapsed = Math.max(0, now - state.startedAt);
  const done = completed(state);
  const rate = done / Math.max(1, elapsed / 1000);
  const left = timeLeft(state, now, usualMs);
  return [
    { text: `${formatDuration(elapsed, 'live')} elapsed` },
    ...(left === undefined ? [] : [{ text: '', strong: `about ${formatDuration(left, 'live')} left` }]),
    ...(done > 0 && state.executions.length > 1 ? [{ text: `${rate.toFixed(1)} nodes/s` }] : []),
    ...slowestOf(state, now),
    ...heldBy(state),
  ];
}

function endFacts(state: BatchState): readonly Fact[] {
  const median = medianMs(state);
  const several = state.executions.length > 1;
  return [
    ...(state.endedAt === undefined
      ? []
      : [{ text: `took ${formatDuration(state.endedAt - state.startedAt)}` }]),
    ...(median === undefined || !several ? [] : [{ text: `median ${formatDuration(median)}` }]),
    ...slowestOf(state, state.endedAt ?? 0),
    ...(nothingLeftRunning(state) ? [{ text: 'nothing left running' }] : []),
  ];
}

/** How many of the slowest are named. */
const mostSlow = 3;

/** While it runs those that have run longest, at the end those that took longest: the others follow far behind. */
function slowestOf(state: BatchState, now: number): readonly Fact[] {
  if (state.executions.length < 2) return [];
  const isRunning = state.status === 'running';
  let slow: readonly { readonly execution: ExecutionState; readonly ms: number }[] = [];
  for (const execution of state.executions) {
    if (execution.startedAt === undefined || (isRunning && !isLive(execution.status))) continue;
    const ms = elapsedOf(execution, now) ?? 0;
    const least = slow.length < mostSlow ? -1 : (slow.at(-1)?.ms ?? -1);
    if (ms > least) slow = [...slow, { execution, ms }].toSorted((a, b) => b.ms - a.ms).slice(0, mostSlow);
  }
  if (slow.length === 0) return [];
  const links = slow.map(({ execution, ms }) => {
    const time = formatDuration(ms, isLive(execution.status) ? 'live' : 'ended');
    return { text: `${shortName(visible(executionName(execution)))} ${time}`, execution: execution.id };
  });
  return [{ text: 'slowest', links }];
}

/** The limit that holds up the next start, and the window, which can be made wider or narrower. */
function heldBy({
  counts,
  heldBy: limit,
  concurrency,
  paused,
  cancelRequested,
}: BatchState): readonly Fact[] {
  if (counts.queued === 0 || cancelRequested) return [];
  if (paused) return [{ text: '', strong: `concurrency ${concurrency}`, places: concurrency }];
  if (limit === undefined) return [];
  const isWindow = limit === `concurrency ${concurrency}` || limit === 'one at a time';
  return [{ text: 'held by', strong: visible(limit), ...(isWindow && { places: concurrency }) }];
}
