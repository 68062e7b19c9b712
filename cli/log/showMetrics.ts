import type { Counters } from '../../core/log/tally.ts';
import { formatBytes, formatDuration, plural } from '../../core/run/format.ts';
import { exitCode } from '../exitCode.ts';
import { type OutputFormat, reportRefusal, type Streams } from '../report.ts';
import { withClient } from '../withClient.ts';

export type MetricsFlags = { readonly since: number; readonly output: OutputFormat; readonly data?: string };

/** Prints what the batches came to that were begun in the last `since` ms. */
export function showMetrics({ since, output, data }: MetricsFlags, streams: Streams): Promise<number> {
  const settings = { ...(data !== undefined && { data }), as: undefined, format: output, streams };
  return withClient(settings, async (client) => {
    const metrics = await client.metrics({ since: Date.now() - since });
    if (!metrics.ok) return reportRefusal(metrics.error, output, streams);
    if (output === 'json') streams.out(`${JSON.stringify({ version: 1, ...metrics.value })}\n`);
    else streams.out(textOf(metrics.value));
    return exitCode.ok;
  });
}

function textOf({ since, batches, executions, retries, durations, connections, bytes }: Counters): string {
  const mean =
    durations.count === 0 ? '' : `, ${formatDuration(durations.totalMs / durations.count)} on average`;
  const from = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `Since ${from}Z`,
    `batches      ${batches.started}${listed(batches.ended)}`,
    `executions   ${executions.planned}${listed(executions.ended)}${mean}`,
    `retries      ${retries}`,
    `connections  ${connections.opened} made, ${connections.reused} there already`,
    `output       ${formatBytes(bytes.stdout)} on stdout, ${formatBytes(bytes.stderr)} on stderr`,
    ...durations.steps.flatMap(({ upToMs, count }) => (count === 0 ? [] : [stepText(upToMs, count)])),
    '',
  ].join('\n');
}

function listed(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function stepText(upToMs: number | null, count: number): string {
  const end = upToMs === null ? 'longer' : `up to ${formatDuration(upToMs)}`;
  return `  ${end.padEnd(14)} ${plural(count, 'execution')}`;
}
