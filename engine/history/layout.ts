import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the parts of the history are, below the data folder. */
export type HistoryLayout = {
  /** One folder per batch, named by its id. */
  batches: string;
  /** One small file per running batch, which says whose it is. */
  running: string;
  /** What queries are answered from; made from the event logs. */
  index: string;
  /** Its time says when old batches were deleted last. */
  retained: string;
};

export function historyLayout(dataDir: string): HistoryLayout {
  return {
    batches: join(dataDir, 'batches'),
    running: join(dataDir, 'running'),
    index: join(dataDir, 'index.sqlite'),
    retained: join(dataDir, 'retained'),
  };
}

export type BatchFiles = {
  folder: string;
  /** The event log, one JSON event per line: the truth about the batch. */
  events: string;
  /** Room for the rest of the log while the batch runs. */
  reserve: string;
  /** The output of all executions that said little, in frames. */
  spool: string;
  /** Says which process runs the batch; gone when it has ended. */
  owner: string;
};

export function batchFiles(layout: HistoryLayout, batch: string): BatchFiles {
  const folder = join(layout.batches, batch);
  return {
    folder,
    events: join(folder, 'events.jsonl'),
    reserve: join(folder, 'reserve'),
    spool: join(folder, 'output.spool'),
    owner: join(layout.running, `${batch}.json`),
  };
}

/** Ids are ULIDs: nothing else in the folder is a batch, and no id leads out of it. */
export function isBatchId(name: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(name);
}

/** The batches that are on disk, the newest first. */
export async function batchIds(layout: HistoryLayout): Promise<string[]> {
  return (await readdir(layout.batches)).filter(isBatchId).sort().reverse();
}
