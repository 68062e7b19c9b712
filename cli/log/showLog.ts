import type { LogLevel } from '../../core/log/record.ts';
import { exitCode } from '../exitCode.ts';
import { findBatch } from '../batches/findBatch.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { withClient } from '../withClient.ts';
import { recordText } from './recordText.ts';

export type LogFlags = {
  readonly batch?: string;
  readonly level?: LogLevel;
  readonly lines: number;
  readonly jsonl?: true;
  readonly data?: string;
};

/** Prints the log of all that shares the history, or all there is about one batch. */
export function showLog(
  { batch: wanted, level, lines, jsonl, data }: LogFlags,
  streams: Streams,
): Promise<number> {
  const format = jsonl ? 'jsonl' : 'text';
  const settings = { data, format, streams } as const;
  return withClient(settings, async (client) => {
    const batch = wanted === undefined ? undefined : await findBatch(client, wanted);
    if (batch && !batch.ok) return reportRefusal(batch.error, format, streams);
    const page = await client.log({
      limit: lines,
      ...(level && { level }),
      ...(batch && { batch: batch.value }),
    });
    if (!page.ok) return reportRefusal(page.error, format, streams);
    for (const record of page.value.records)
      streams.out(jsonl ? `${JSON.stringify(record)}\n` : recordText(record, batch ? 'time' : 'date'));
    await streams.drained();
    if (page.value.records.length === 0)
      reportNote(level ? `The log has nothing of level ${level} or above.` : 'The log is empty.', streams);
    return exitCode.ok;
  });
}
