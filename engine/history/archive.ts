import { summaryOf } from '../../core/history/summary.ts';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { Extent } from '../../core/run/events.ts';
import { type BatchState, isLive, reduceAll } from '../../core/run/state.ts';
import { eventLogBytes, readEventLog } from './eventLog.ts';
import { batchFiles, batchIds, type HistoryLayout, isBatchId } from './layout.ts';
import { findOutput } from './leftOutput.ts';
import { livingOwner } from './owner.ts';
import { interruptionOf, recoverBatch, recoverBatches, withoutEnd } from './recover.ts';
import type { Unsaved } from './unsaved.ts';
import { createOutputReader, type OutputPart } from './readOutput.ts';

export type Archive = {
  /** The newest batches first, those given and those on disk. */
  list(live: readonly BatchState[]): Promise<BatchSummary[]>;
  /** The state of a batch, folded from its event log. */
  read(batch: string): Promise<BatchState | undefined>;
  /** Where the output of one of its executions is, as far as it is on disk; undefined where there is no such one. */
  extents(batch: string, execution: string): Promise<readonly Extent[] | undefined>;
  /** A part of the output of one of its executions. */
  output(
    batch: string,
    extents: readonly Extent[],
    range: { from: number; limit: number },
  ): Promise<OutputPart>;
};

type ArchiveDeps = {
  readonly layout: HistoryLayout;
  readonly unsaved: Unsaved;
  /** Told of batches whose process was gone. */
  readonly onRecovered: (batch: string) => void;
};

/** Milliseconds for which a look at the log of a batch that has ended counts: outputs are read a page at a time. */
const freshMs = 100;

/** How many batches a list has. */
const listed = 50;

/** Reads batches from disk; a log that has not grown since is not folded again: the pages of one batch's output follow each other. */
export function createArchive({ layout, unsaved, onRecovered }: ArchiveDeps): Archive {
  const readOutput = createOutputReader(unsaved.files);
  const summaries = new Map<string, { size: number; summary: BatchSummary }>();
  let latest: { batch: string; size: number; state: BatchState | undefined; lookedAt: number } | undefined;
  const read = async (batch: string): Promise<BatchState | undefined> => {
    if (!isBatchId(batch)) return undefined;
    const kept = unsaved.get(batch);
    if (kept) return kept.state;
    const size = await eventLogBytes(batchFiles(layout, batch).events);
    const isKnown = latest?.batch === batch && latest.size === size;
    const state = isKnown ? latest?.state : await fold(layout, batch);
    latest = { batch, size, state, lookedAt: performance.now() };
    return state?.status === 'running' ? endedOrRunning(state, layout) : state;
  };
  /** The state of a batch that had ended a moment ago: where its outputs are changes no more. */
  const endedJustNow = (batch: string): BatchState | undefined => {
    const isFresh = latest?.batch === batch && performance.now() - latest.lookedAt < freshMs;
    return isFresh && latest?.state?.status !== 'running' ? latest?.state : undefined;
  };
  const readSummary = async (batch: string): Promise<BatchSummary | undefined> => {
    const size = await eventLogBytes(batchFiles(layout, batch).events);
    const cached = summaries.get(batch);
    if (cached?.size === size && cached.summary.status !== 'running') return cached.summary;
    const state = await read(batch);
    if (!state) return undefined;
    const summary = summaryOf(state);
    summaries.set(batch, { size, summary });
    return summary;
  };
  return {
    read,
    async extents(batch, execution) {
      const executions = (endedJustNow(batch) ?? (await read(batch)))?.executions ?? [];
      const place = executions.findIndex(({ id }) => id === execution);
      const found = executions[place];
      if (!found || !isLive(found.status)) return found?.extents;
      // It runs in another process, which tells its places at the end.
      const left = await findOutput(batchFiles(layout, batch).folder, new Map([[place, execution]]));
      return left.get(execution)?.extents ?? [];
    },
    output: (batch, extents, range) => readOutput(batchFiles(layout, batch).folder, extents, range),
    async list(live) {
      for (const batch of await recoverBatches(layout)) onRecovered(batch);
      const running = new Map([...unsaved.states(), ...live].map((state) => [state.id, summaryOf(state)]));
      const ids = (await batchIds(layout)).slice(0, listed);
      const found = await Promise.all(ids.map(async (id) => running.get(id) ?? readSummary(id)));
      return found.filter((summary) => summary !== undefined);
    },
  };
}

async function fold(layout: HistoryLayout, batch: string): Promise<BatchState | undefined> {
  const log = await readEventLog(batchFiles(layout, batch).events).catch(() => undefined);
  return log && reduceAll(undefined, log.events);
}

/** A batch whose process has died runs no more: it is ended, also where that can not be written. */
async function endedOrRunning(state: BatchState, layout: HistoryLayout): Promise<BatchState> {
  if (await livingOwner(batchFiles(layout, state.id).owner)) return state;
  await recoverBatch(layout, state.id).catch(() => undefined);
  const after = (await fold(layout, state.id)) ?? state;
  if (after.status !== 'running') return after;
  const left = await findOutput(batchFiles(layout, state.id).folder, withoutEnd(after));
  return reduceAll(after, interruptionOf(after, 0, left)) ?? after;
}
