import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedEvent, RunEvent } from '../../core/run/events.ts';
import type { RemoteFate } from '../../core/run/outcome.ts';
import { type BatchState, type ExecutionState, isLive, reduceAll } from '../../core/run/state.ts';
import type { Clock } from '../../core/util/clock.ts';
import { mendEventLog, readEventLog } from './eventLog.ts';
import { batchFiles, type HistoryLayout } from './layout.ts';
import { isAbandoned, release } from './owner.ts';

/**
 * Ends the batches of processes that are gone: what had not finished is `interrupted`, what had is kept.
 * Batches of living processes are not touched. Returns the ids of those it ended.
 */
export async function recoverBatches(layout: HistoryLayout, clock: Clock): Promise<string[]> {
  const recovered: string[] = [];
  for (const name of await readdir(layout.running)) {
    if (!name.endsWith('.json')) continue;
    const batch = name.slice(0, -'.json'.length);
    const { owner } = batchFiles(layout, batch);
    if (!(await isAbandoned(owner))) continue;
    const claimed = join(layout.running, `${batch}.recovered-by-${process.pid}`);
    const mine = await rename(owner, claimed).then(
      () => true,
      () => false,
    );
    if (!mine) continue;
    if (await interrupt(layout, batch, clock)) recovered.push(batch);
    await release(claimed);
  }
  return recovered;
}

async function interrupt(layout: HistoryLayout, batch: string, clock: Clock): Promise<boolean> {
  const { events: path } = batchFiles(layout, batch);
  const log = await readEventLog(path).catch(() => undefined);
  const state = log && reduceAll(undefined, log.events);
  if (!log || !state || state.status !== 'running') return false;
  await mendEventLog(path, log.validBytes, interruption(state, clock.now()));
  return true;
}

/** The events that end a batch whose process died. */
export function interruption(state: BatchState, now: number): LoggedEvent[] {
  const ends = state.executions.flatMap((each): RunEvent[] =>
    isLive(each.status)
      ? [
          {
            type: 'executionFinished',
            execution: each.id,
            outcome: { status: 'interrupted', remote: fateOf(each) },
          },
        ]
      : [],
  );
  const events: RunEvent[] = [...ends, { type: 'batchFinished', end: 'interrupted' }];
  return events.map((event, at) => ({ seq: state.seq + at + 1, at: now, ...event }));
}

function fateOf(execution: ExecutionState): RemoteFate {
  const ran = execution.phases.some(({ phase }) => phase === 'run');
  return ran ? 'may-still-run' : 'never-started';
}
