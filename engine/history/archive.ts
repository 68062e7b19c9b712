import { readdir, stat } from 'node:fs/promises';
import type { BatchSummary } from '../../core/protocol/engine.ts';
import { actionTitle } from '../../core/run/action.ts';
import { type BatchState, completed, failures, reduceAll } from '../../core/run/state.ts';
import { readEventLog } from './eventLog.ts';
import { batchFiles, type HistoryLayout } from './layout.ts';

export type Archive = {
  /** The newest batches first, those given and those on disk. */
  list(live: readonly BatchState[]): Promise<BatchSummary[]>;
  /** The state of a batch, folded from its event log. */
  read(batch: string): Promise<BatchState | undefined>;
  folder(batch: string): string;
};

/** How many batches a list has. */
const listed = 50;
/** Ids are ULIDs: nothing else in the folder is a batch, and no id leads out of it. */
const isBatchId = (name: string): boolean => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(name);

/** Reads batches from disk; a log that has not grown since is not folded again. */
export function createArchive(layout: HistoryLayout): Archive {
  const summaries = new Map<string, { size: number; summary: BatchSummary }>();
  const read = async (batch: string): Promise<BatchState | undefined> => {
    if (!isBatchId(batch)) return undefined;
    const log = await readEventLog(batchFiles(layout, batch).events).catch(() => undefined);
    return log && reduceAll(undefined, log.events);
  };
  const summaryOf = async (batch: string): Promise<BatchSummary | undefined> => {
    const info = await stat(batchFiles(layout, batch).events).catch(() => undefined);
    if (!info) return undefined;
    const cached = summaries.get(batch);
    if (cached?.size === info.size) return cached.summary;
    const state = await read(batch);
    if (!state) return undefined;
    const summary = summarise(state);
    summaries.set(batch, { size: info.size, summary });
    return summary;
  };
  return {
    read,
    folder: (batch) => batchFiles(layout, batch).folder,
    async list(live) {
      const running = new Map(live.map((state) => [state.id, summarise(state)]));
      const ids = (await readdir(layout.batches)).filter(isBatchId).sort().reverse().slice(0, listed);
      const found = await Promise.all(ids.map(async (id) => running.get(id) ?? summaryOf(id)));
      return found.filter((summary) => summary !== undefined);
    },
  };
}

function summarise(state: BatchState): BatchSummary {
  return {
    id: state.id,
    title: actionTitle(state.plan.action),
    status: state.status,
    nodes: state.executions.length,
    completed: completed(state),
    failures: failures(state),
    startedAt: state.startedAt,
    ...(state.endedAt !== undefined && { endedAt: state.endedAt }),
  };
}
