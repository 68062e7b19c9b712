import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedEvent, RunEvent } from '../../core/run/events.ts';
import type { RemoteFate } from '../../core/run/outcome.ts';
import { type BatchState, type ExecutionState, isLive, reduceAll } from '../../core/run/state.ts';
import { mendEventLog, readEventLog } from './eventLog.ts';
import { batchFiles, type HistoryLayout } from './layout.ts';
import { findOutput, type LeftOutput } from './leftOutput.ts';
import { livingOwner, release, takeLock } from './owner.ts';

/**
 * Ends the batches of processes that are gone: what had not finished is `interrupted`, what had is kept.
 * Batches of living processes are not touched. What can not be written stays as it is: it is read as if it were.
 * Gives the ids of those that it ended.
 */
export async function recoverBatches(layout: HistoryLayout): Promise<string[]> {
  const recovered: string[] = [];
  for (const name of await readdir(layout.running).catch(() => [])) {
    if (!name.endsWith('.json')) continue;
    const batch = name.slice(0, -'.json'.length);
    if (await recoverBatch(layout, batch).catch(() => false)) recovered.push(batch);
  }
  return recovered;
}

/** Ends a batch if its process is gone. True where it did. Rejects where that can not be written; a batch that has ended stays as it is. */
export async function recoverBatch(layout: HistoryLayout, batch: string): Promise<boolean> {
  const { folder, owner, reserve, events: path } = batchFiles(layout, batch);
  if (await livingOwner(owner)) return false;
  const lock = join(layout.running, `${batch}.recovery`);
  if (!(await takeLock(lock))) return false;
  try {
    const log = await readEventLog(path).catch(() => undefined);
    const state = log && reduceAll(undefined, log.events);
    const isCutOff = state?.status === 'running';
    if (log && isCutOff) {
      const left = await findOutput(folder, withoutEnd(state), 'mend');
      await mendEventLog(path, log.validBytes, interruptionOf(state, log.events.at(-1)?.at ?? 0, left));
    }
    await release(reserve);
    await release(owner);
    return isCutOff;
  } finally {
    await release(lock);
  }
}

/** Executions that have not ended: their ids, by their places in the plan. */
export function withoutEnd({ executions }: BatchState): ReadonlyMap<number, string> {
  return new Map(executions.flatMap(({ id, status }, at) => (isLive(status) ? [[at, id] as const] : [])));
}

/**
 * The events that end a batch whose process died, at the time of its last word (`lastAt`, milliseconds since the epoch), with what is on disk of the output of what had not ended; none where
 * the batch has ended.
 */
export function interruptionOf(
  state: BatchState,
  lastAt: number,
  left: ReadonlyMap<string, LeftOutput> = new Map(),
): LoggedEvent[] {
  if (state.status !== 'running') return [];
  // Nobody knows how long it went on after its last word. Its clock may have been put back meanwhile.
  const at = Math.max(lastAt, lastTimeIn(state));
  const ends = state.executions
    .filter(({ status }) => isLive(status))
    .flatMap((each) => endOf(each, left.get(each.id)));
  const events: RunEvent[] = [...ends, { type: 'batchFinished', end: 'interrupted' }];
  return events.map((event, index) => ({ seq: state.seq + index + 1, at, ...event }));
}

function lastTimeIn({ startedAt, executions }: BatchState): number {
  const times = executions.flatMap((each) => [
    each.startedAt ?? 0,
    each.endedAt ?? 0,
    each.phases.at(-1)?.at ?? 0,
  ]);
  return times.reduce((last, time) => Math.max(last, time), startedAt);
}

function endOf(execution: ExecutionState, output: LeftOutput | undefined): RunEvent[] {
  const { id, lastLine } = execution;
  const outcome = { status: 'interrupted', remote: fateOf(execution) } as const;
  const end: RunEvent = { type: 'executionFinished', execution: id, outcome };
  if (!output) return [end];
  return [{ type: 'stepFinished', execution: id, ...output, lastLine, exitCode: null, signal: null }, end];
}

function fateOf(execution: ExecutionState): RemoteFate {
  const ran = execution.phases.some(({ phase }) => phase === 'run');
  return ran ? 'may-still-run' : 'never-started';
}
