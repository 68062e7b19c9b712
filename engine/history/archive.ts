import { stat } from 'node:fs/promises';
import { summaryOf } from '../../core/history/summary.ts';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { Extent } from '../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import { readEventLog } from './eventLog.ts';
import { batchFiles, batchIds, type HistoryLayout, isBatchId } from './layout.ts';
import { createOutputReader, type OutputPart } from './readOutput.ts';

export type Archive = {
  /** The newest batches first, those given and those on disk. */
  list(live: readonly BatchState[]): Promise<BatchSummary[]>;
  /** The state of a batch, folded from its event log. */
  read(batch: string): Promise<BatchState | undefined>;
  /** A part of the output of one of its executions. */
  output(
    batch: string,
    extents: readonly Extent[],
    range: { from: number; limit: number },
  ): Promise<OutputPart>;
};

/** How many batches a list has. */
const listed = 50;

/** Reads batches from disk; a log that has not grown since is not folded again: the pages of one batch's output follow each other. */
export function createArchive(layout: HistoryLayout): Archive {
  const readOutput = createOutputReader();
  const summaries = new Map<string, { size: number; summary: BatchSummary }>();
  let latest: { batch: string; size: number; state: BatchState | undefined } | undefined;
  const read = async (batch: string): Promise<BatchState | undefined> => {
    if (!isBatchId(batch)) return undefined;
    const size = await sizeOf(layout, batch);
    if (latest?.batch === batch && latest.size === size) return latest.state;
    const log = await readEventLog(batchFiles(layout, batch).events).catch(() => undefined);
    const state = log && reduceAll(undefined, log.events);
    latest = { batch, size, state };
    return state;
  };
  const readSummary = async (batch: string): Promise<BatchSummary | undefined> => {
    const size = await sizeOf(layout, batch);
    const cached = summaries.get(batch);
    if (cached?.size === size) return cached.summary;
    const state = await read(batch);
    if (!state) return undefined;
    const summary = summaryOf(state);
    summaries.set(batch, { size, summary });
    return summary;
  };
  return {
    read,
    output: (batch, extents, range) => readOutput(batchFiles(layout, batch).folder, extents, range),
    async list(live) {
      const running = new Map(live.map((state) => [state.id, summaryOf(state)]));
      const ids = (await batchIds(layout)).slice(0, listed);
      const found = await Promise.all(ids.map(async (id) => running.get(id) ?? readSummary(id)));
      return found.filter((summary) => summary !== undefined);
    },
  };
}

/** Bytes of the batch's event log; 0 when there is none. It only grows, so its size says whether it has changed. */
async function sizeOf(layout: HistoryLayout, batch: string): Promise<number> {
  const info = await stat(batchFiles(layout, batch).events).catch(() => undefined);
  return info?.size ?? 0;
}
