import { formatDuration } from '../../core/run/format.ts';
import { originText } from '../../core/run/fromOrigin.ts';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import { exitCode } from '../exitCode.ts';
import { withIsoTimes } from '../isoTimes.ts';
import { tableOf } from '../inventory/table.ts';
import { okColumns } from './okColumns.ts';
import { localTime } from '../terminal/localTime.ts';
import { withClient } from '../withClient.ts';
import type { OutputFormat, Streams } from '../report.ts';

/** Prints a line for each batch. */
export function listBatches(
  { output, data }: { readonly output: OutputFormat; readonly data?: string },
  streams: Streams,
): Promise<number> {
  return withClient({ data, format: output, streams }, async (client) => {
    const batches = await client.batches();
    if (output === 'json')
      streams.out(`${JSON.stringify({ version: 1, batches: batches.map(withIsoTimes) })}\n`);
    else if (batches.length === 0) streams.out('Nothing has been run yet.\n');
    else streams.out(tableOf(batches.map(rowOf)));
    return exitCode.ok;
  });
}

function rowOf(summary: BatchSummary): string[] {
  const { id, startedAt, status, endedAt, title, origin } = summary;
  return [
    id,
    localTime(startedAt),
    status,
    ...okColumns(summary),
    endedAt === undefined ? '' : formatDuration(endedAt - startedAt),
    origin ? `${title} (${originText(origin)})` : title,
  ];
}
